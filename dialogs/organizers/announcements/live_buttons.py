"""Buttons on the live message: heard whenever they are pressed, from whoever may announce."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.domain.announcements.announcement import AnnouncementAction
from dialogs.domain.messages import M
from dialogs.domain.organizers.announcements import LookAt, PerformAction
from dialogs.domain.roles import Right, may
from dialogs.organizers.announcements.overview import TWICE
from dialogs.organizers.announcements.progress_lines import CONTROLS
from dialogs.organizers.announcements.view import LIST
from dialogs.organizers.flow import enter
from dialogs.step_context import StepContext

__all__ = ["PRESSED"]


def _pressed(act: str) -> Callable[[StepContext, str], None]:
    """Do it at once, or open the announcement where it is asked twice. For others it is an old button."""

    def pressed(ctx: StepContext, id: str) -> None:
        if not may(ctx.conversation.role, Right.ANNOUNCE) or not id.isdigit():
            ctx.note(M("odd.old_button"))
            return
        enter(ctx, LIST, **({"asking": act} if act in TWICE else {}))
        ctx.ask(LookAt(int(id)) if act in TWICE or act == "open" else PerformAction(int(id), AnnouncementAction(act)))

    return pressed


PRESSED: Mapping[tuple[str, str], Callable[[StepContext, str], None]] = {
    ("announce", act): _pressed(act) for act in ("open", *(action.value for action in CONTROLS))
}
"""By the beginning of their code: `announce:pause:7`."""
