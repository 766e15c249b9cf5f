"""The places of announcements, all of them."""

from __future__ import annotations

from dialogs.organizers.announcements import announcement_list, change_request, launch, overview, preview
from dialogs.organizers.announcements.announcement_list import ENTRY
from dialogs.organizers.announcements.content import attachment, audience_screens, buttons, public_channel, texts, topic

__all__ = ["ENTRY", "ROUTES"]

ROUTES = {
    **announcement_list.ROUTES,
    **overview.ROUTES,
    **texts.ROUTES,
    **attachment.ROUTES,
    **buttons.ROUTES,
    **topic.ROUTES,
    **audience_screens.ROUTES,
    **public_channel.ROUTES,
    **preview.ROUTES,
    **launch.ROUTES,
    **change_request.ROUTES,
}
