"""The lists that were taken in, the newest first; each can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import M, Moment
from dialogs.domain.organizers.contact_deeds import ContactTrouble, ImportUndone, ListImports, UndoImport
from dialogs.domain.roles import Right
from dialogs.organizers.contacts.contact_card import TROUBLES
from dialogs.organizers.contacts.contact_search import open_contacts
from dialogs.organizers.flow import OrganizerRoute, ways_out
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES", "open_imports"]

IMPORTS = "organize_contacts_imports"


def open_imports(ctx: StepContext) -> None:
    ctx.goto(IMPORTS)
    ctx.ask(ListImports())


def render(ctx: StepContext) -> Screen:
    lines, ways = [Line(Kind.TITLE, M("contacts.imports"))], []
    asked = str(ctx.args.get("asked", ""))
    for number, (id, name, at, new, changed, undone) in enumerate(ctx.args.get("imports", ()), 1):
        told: dict[str, Any] = {"number": number, "name": name, "new": new, "changed": changed}
        told["at"] = Moment(datetime.fromisoformat(at))
        if asked and id != asked:
            continue
        lines.append(Line(Kind.ITEM, M("contacts.import_undone", **told) if undone else M("contacts.import", **told)))
        if not undone:
            ways.append(Choice(f"undo:{id}", M("choice.undo_import", number=number)))
    if asked:
        lines.append(Line(Kind.TEXT, M("contacts.undo_sure")))
        yes = choices.danger(".undo!", M("choice.undo_import_yes"))
        return Screen(IMPORTS, tuple(lines), choices.row(yes) + ways_out())
    if len(lines) == 1:
        lines.append(Line(Kind.TEXT, M("contacts.imports_none")))
    return Screen(IMPORTS, tuple(lines), choices.grid(ways, 2) + ways_out())


def handle(ctx: StepContext, event: Event) -> None:
    asked = str(ctx.args.get("asked", ""))
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif not isinstance(event, Chose):
        ctx.note(M("not_understood.review"))
    elif event.code.startswith("undo:"):
        ctx.update(asked=event.code.partition(":")[2])
    elif event.code == ".undo!" and asked:
        ctx.ask(UndoImport(asked))
    elif asked:
        ctx.update(asked="")
    else:
        open_contacts(ctx)


def _came(ctx: StepContext, result: Any) -> None:
    if isinstance(result, ImportUndone):
        ctx.note(M("contacts.undo_done", removed=result.removed, restored=result.restored, kept=result.kept))
        open_imports(ctx)
    elif isinstance(result, ContactTrouble):
        ctx.error(TROUBLES[result])
        open_imports(ctx)
    else:
        kept = [[each.id, each.name, each.at.isoformat(), each.new, each.changed, each.undone] for each in result]
        ctx.update(imports=kept, asked="")


ROUTES = {IMPORTS: OrganizerRoute(Right.CONTACTS, render, handle)}
