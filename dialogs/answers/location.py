"""A place: shared from a map, written as coordinates, or named in words."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.answers.text import characters, clean
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question
from dialogs.text.unicode_forms import ByCharacter

__all__ = ["check_place", "place_at", "read_place"]

NUMBER = r"([+\-−]?\d{1,3}(?:\.\d+)?)\s*°?"
COORDINATES = re.compile(rf"{NUMBER}\s*([NS])?\s*[,;\s]\s*{NUMBER}\s*([EWO])?", re.IGNORECASE)

LONGEST = 200
"""Characters of a name, when the question sets no bound."""


def place_at(latitude: float, longitude: float, name: str = "") -> dict[str, Any]:
    """A place as it is kept: degrees (WGS 84), rounded to about a metre, and its name when it has one."""
    kept: dict[str, Any] = {"latitude": round(latitude, 5), "longitude": round(longitude, 5)}
    return {**kept, "name": name} if name else kept


def read_place(question: Question, text: str, context: Context) -> Reading:
    """`-0.0917, 34.7680`, `0.09 S 34.77 E`, or a name such as `Kisumu, Kenya`."""
    value = " ".join(clean(text).split())
    found = COORDINATES.fullmatch(value.translate(WESTERN))
    if found is None:
        message = check_place(question, {"name": value}, context)
        return Accepted({"name": value}) if message is None else Refusal(message)
    latitude, longitude = _degrees(found[1], found[2], "S"), _degrees(found[3], found[4], "WO")
    message = check_place(question, place_at(latitude, longitude), context)
    return Accepted(place_at(latitude, longitude)) if message is None else Refusal(message)


WESTERN = ByCharacter(lambda character: str(unicodedata.digit(character)) if character.isdigit() else character)
"""Digits of any script as 0 to 9, raised ones too."""


def _degrees(number: str, side: str | None, negative: str) -> float:
    value = float(number.replace("−", "-"))
    return -abs(value) if side and side.upper() in negative else value


def check_place(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a stored place: coordinates off the earth, no name or a very long one."""
    if not isinstance(value, dict):
        return M("reading.place.empty")
    if "latitude" in value:
        on_earth = abs(value["latitude"]) <= 90 and abs(value["longitude"]) <= 180
        return None if on_earth else M("reading.place.off_the_earth")
    count, most = characters(str(value.get("name", ""))), question.limits.max_chars or LONGEST
    if not count:
        return M("reading.place.empty")
    return M("reading.text.too_long", count, max=most, over=count - most) if count > most else None
