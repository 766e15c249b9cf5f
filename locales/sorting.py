"""Putting names in the order in which people of a language look for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from dialogs.text.normalize import normalize

__all__ = ["in_order", "sort_key"]

T = TypeVar("T")

HANZI = "".join(
    (
        "阿埃爱安昂奥澳巴白拜班邦保堡北贝本比别宾冰波玻伯博不布埔朝赤茨达大代丹单旦岛道得德地登迪帝颠典甸丁东都度敦顿",
        "多俄厄尔耳伐法非菲斐芬夫佛富干冈刚哥格根共古瓜圭国果哈海韩汗合和荷黑洪基及吉几际济加家坚柬疆角教捷津喀卡科",
        "克肯库拉腊来莱兰朗劳老勒黎里力立利联列林隆卢鲁路律伦罗洛马买麦曼毛美门蒙孟米秘密缅民摩莫墨拿那纳南瑙内嫩",
        "尼宁努挪诺帕蓬坡泊葡浦普其求酋群人日瑞萨塞桑色森沙山绍舌圣时士属斯苏所索他塔泰坦汤陶萄特提廷突图土托脱瓦",
        "宛王旺危威韦维委文汶挝乌西希鲜新匈叙牙亚也一伊以义意印英于约越赞乍寨长支智中众主兹族",
    )
)
"""The characters of the names of countries in CLDR's order for Chinese: by pinyin, then by strokes."""

PINYIN = {character: f"{number:04d}" for number, character in enumerate(HANZI)}

AFTER = "\U0010ffff"

LETTERS: Mapping[str, Mapping[str, str]] = {
    "ar": {"آ": "آ", "ة": "ت", "ء": "ء"},
    "es": {"ñ": f"n{AFTER}"},
    "ru": {"й": f"и{AFTER}"},
    "zh": PINYIN,
}
"""Letters that folding takes for others and that have a place of their own in CLDR's order of the language."""


def sort_key(text: str, language: str) -> tuple[str, str]:
    """What to compare texts by: accents and case make no difference, spaces do, as in CLDR's first level. The text
    itself decides between equals."""
    letters = LETTERS.get(language.split("-")[0], {})
    compared = "".join(_letter(c, letters) for c in unicodedata.normalize("NFC", text).casefold())
    return compared, text


def _letter(character: str, letters: Mapping[str, str]) -> str:
    """A letter as it is compared: spaces come before other signs, these before letters, and marks are nothing."""
    if character in letters:
        return letters[character]
    if unicodedata.category(character)[0] in "MC":
        return ""
    return normalize(character) or (" " if character.isspace() else "-")


def in_order(texts: Iterable[tuple[str, T]], language: str) -> list[T]:
    """Things in the order of their names: pairs of name and thing in, things out."""
    return [thing for _, thing in sorted(texts, key=lambda pair: sort_key(pair[0], language))]
