"""The places of announcements, all of them."""

from __future__ import annotations

from dialogs.organizers.announcements import announcement_list, change_request, launch, overview, preview
from dialogs.organizers.announcements.announcement_list import ENTRY
from dialogs.organizers.announcements.content import attachment, audience_screens, buttons, public_channel, texts, topic

__all__ = ["ENTRY", "ROUTES"]

ROUTES = {
    **announcement_list.PLACES,
    **overview.PLACES,
    **texts.PLACES,
    **attachment.PLACES,
    **buttons.PLACES,
    **topic.PLACES,
    **audience_screens.PLACES,
    **public_channel.PLACES,
    **preview.PLACES,
    **launch.PLACES,
    **change_request.PLACES,
}
