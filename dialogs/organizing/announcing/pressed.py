"""Buttons on the live message: heard whenever they are pressed, from whoever may announce."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.messages import M
from dialogs.organizing.announcing.hub import TWICE
from dialogs.organizing.announcing.sheets import LIST
from dialogs.organizing.frame import enter
from dialogs.organizing.requests.announcements import Drive, DriveTo, LookAt
from dialogs.organizing.roles import Right, may
from dialogs.talk import Talk

__all__ = ["PRESSED"]


def _pressed(act: str) -> Callable[[Talk, str], None]:
    """Do it at once, or open the announcement where it is asked twice. For others it is an old button."""

    def pressed(talk: Talk, id: str) -> None:
        if not may(talk.conversation.role, Right.ANNOUNCE) or not id.isdigit():
            talk.note(M("odd.old_button"))
            return
        enter(talk, LIST, **({"asking": act} if act in TWICE else {}))
        talk.ask(LookAt(int(id)) if act in TWICE or act == "open" else Drive(int(id), DriveTo(act)))

    return pressed


PRESSED: Mapping[tuple[str, str], Callable[[Talk, str], None]] = {
    ("announce", act): _pressed(act) for act in ("open", *(to.value for to in DriveTo if to is not DriveTo.DISCARD))
}
"""By the beginning of their code: `announce:pause:7`."""
