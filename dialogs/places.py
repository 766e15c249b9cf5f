"""Every place of the conversation: how it is shown, and who hears what is done there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from dialogs import (
    arriving,
    asides,
    filling,
    home,
    joining,
    moving,
    news,
    privacy,
    reviewing,
    sections,
    settings,
    starting,
)
from dialogs.events import Event
from dialogs.organizing import places as organizing
from dialogs.screens import Screen
from dialogs.talk import Talk

__all__ = ["DRAFTLESS", "OWNERS", "PLACES", "Row"]


class Row(NamedTuple):
    """A place: `show` makes its screen, `hear` takes an event."""

    show: Callable[[Talk], Screen]
    hear: Callable[[Talk, Event], None]


PLACES: Mapping[str, Row] = {
    "welcome": Row(home.show_home, arriving.hear_welcome),
    "home": Row(home.show_home, home.hear_home),
    "drafts": Row(home.show_drafts, home.hear_drafts),
    "discarding": Row(home.show_discarding, home.hear_discarding),
    "language": Row(home.show_language, home.hear_language),
    "updating": Row(starting.show_updating, starting.hear_updating),
    "filling": Row(filling.show, filling.hear),
    "finding": Row(starting.show_finding, starting.hear_finding),
    "guarding": Row(starting.show_guarding, starting.hear_guarding),
    "moving": Row(moving.show, moving.hear),
    "sections": Row(sections.show, sections.hear),
    "handing": Row(sections.show_handing, sections.hear_handing),
    "review": Row(reviewing.show, reviewing.hear),
    "review_section": Row(reviewing.show_section, reviewing.hear_section),
    "sent": Row(reviewing.show_sent, reviewing.hear_sent),
    "settings": Row(settings.show, settings.hear),
    "contact": Row(asides.show_contact, asides.hear_contact),
    "reminders": Row(asides.show_reminders, asides.hear_reminders),
    "news": Row(news.show, news.hear),
    "access": Row(asides.show_access, asides.hear_access),
    "joining": Row(joining.show, joining.hear),
    "joining_ask": Row(joining.show_ask, joining.hear_ask),
    "joining_waits": Row(joining.show_waits, joining.hear_waits),
    "joining_confirm": Row(joining.show_confirm, joining.hear_confirm),
    "declined": Row(asides.show_declined, asides.hear_declined),
    "taking": Row(home.show_home, arriving.hear_taking),
    "late": Row(home.show_home, arriving.hear_late),
    "my_data": Row(privacy.show_my_data, privacy.hear_my_data),
    "forgetting": Row(privacy.show_forgetting, privacy.hear_forgetting),
    "forgotten": Row(privacy.show_forgotten, privacy.hear_forgotten),
    "appointed": Row(home.show_home, arriving.hear_appointed),
    "invited": Row(home.show_home, arriving.hear_invited),
    **{name: Row(place.show, place.hear) for name, place in organizing.PLACES.items()},
}

ABOUT_A_DRAFT = {"filling", "finding", "guarding", "moving", "sections", "handing", "review", "review_section"}

DRAFTLESS = frozenset(PLACES) - ABOUT_A_DRAFT
"""Places that need no open draft."""

OWNERS = frozenset({"finding", "guarding", "moving", "handing"})
"""Places about a whole draft: closed to a colleague who was handed a section of it."""
