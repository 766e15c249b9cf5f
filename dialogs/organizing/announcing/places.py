"""The places of announcements, all of them."""

from __future__ import annotations

from dialogs.organizing.announcing import (
    audience,
    buttons,
    channels,
    files,
    hub,
    listing,
    previewing,
    sending,
    sending_back,
    texts,
    topic,
)
from dialogs.organizing.announcing.listing import ENTRY

__all__ = ["ENTRY", "PLACES"]

PLACES = {
    **listing.PLACES,
    **hub.PLACES,
    **texts.PLACES,
    **files.PLACES,
    **buttons.PLACES,
    **topic.PLACES,
    **audience.PLACES,
    **channels.PLACES,
    **previewing.PLACES,
    **sending.PLACES,
    **sending_back.PLACES,
}
