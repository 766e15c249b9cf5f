"""Chinese dates that are written out, as in letters of an office: `二〇二一年九月三十日`."""

from __future__ import annotations

import re

__all__ = ["dates_in_digits"]

YEAR = re.compile("[〇零○Ｏ一二三四五六七八九]{4}(?= ?年)")
COUNT = re.compile("[一二三四五六七八九十]{1,3}(?= ?[月日号號])")
DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")


def dates_in_digits(text: str) -> str:
    """The same text with years, months and days in digits: `2021年9月30日`."""
    return COUNT.sub(_counted, YEAR.sub(lambda year: year[0].translate(DIGITS), text))


def _counted(count: re.Match[str]) -> str:
    """`十二` is 12, `三十一` is 31; what is no such number stays."""
    tens, ten, ones = count[0].partition("十")
    if not ten:
        return count[0].translate(DIGITS) if len(tens) == 1 else count[0]
    if len(tens) > 1 or len(ones) > 1:
        return count[0]
    return f"{tens.translate(DIGITS) or 1}{ones.translate(DIGITS) or 0}"
