"""The console's pages: each asks for what its organizer may see, and shows that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.app import App
from bot.pages.console.access import Organizer
from bot.pages.console.deeds import ask, together
from bot.pages.console.entry_view import sections
from bot.pages.console.render import page
from dialogs.account.call_standing import standing_of_call
from dialogs.domain.entries.entry import SCORABLE, WAITING, EntryState, after
from dialogs.domain.entries.entry import Action as A
from dialogs.domain.entries.state_words import STATE_NAMES
from dialogs.domain.messages import M
from dialogs.domain.organizers.overview import ReadOverview
from dialogs.domain.organizers.reports import ListReports
from dialogs.domain.organizers.review import ListPending, ListReviewers, LookAtEntry, LookAtQueue, QueueFilter
from dialogs.domain.organizers.team import Logged, ReadLog
from dialogs.domain.report import FORMS, OrderState
from dialogs.domain.roles import ROLE_NAMES, Right
from dialogs.organizers import overview
from dialogs.organizers import reports as reporting
from dialogs.organizers.audit_log import sentence
from dialogs.organizers.review.decision_message import decision_lines
from dialogs.organizers.review.entry_lines import ACTIONS
from dialogs.organizers.review.words import TROUBLES
from dialogs.organizers.team import named
from storage.calls import calls

__all__ = ["console_page", "dashboard", "decisions", "entering", "entry", "log", "queue", "reports", "signed_out"]

AT_ONCE = 50
NAV = (
    ("", "console.dashboard", None),
    ("/review", "queue.title", Right.REVIEW),
    ("/decisions", "console.decisions", Right.DECIDE),
    ("/calls", "calls.title", Right.CALLS),
    ("/announcements", "announcements.title", Right.TRANSLATE),
    ("/contacts", "contacts.title", Right.CONTACTS),
    ("/desk", "desk.title", Right.HELP),
    ("/figures", "choice.stats", Right.FIGURES),
    ("/reports", "reports.title", Right.REPORT),
    ("/log", "log.title", Right.ORGANIZERS),
)


def console_page(template: str, app: App, who: Organizer, here: str, **values: Any) -> web.Response:
    """A page of somebody who is signed in, `here` in the console."""
    nav = [(f"/organize{path}", key) for path, key, right in NAV if who.may(right)]
    text = page(
        template,
        app,
        who.language,
        who.zone,
        who=who,
        nav=nav,
        here=f"/organize{here}",
        role=ROLE_NAMES[who.role],
        states=STATE_NAMES,
        **values,
    )
    return web.Response(text=text, content_type="text/html")


def entering(app: App, language: str, token: str) -> web.Response:
    """A button to come in by: a link is never followed by looking."""
    return web.Response(text=page("enter.html", app, language, token=token), content_type="text/html")


def signed_out(app: App, language: str) -> web.Response:
    return web.Response(text=page("out.html", app, language), content_type="text/html")


async def dashboard(app: App, who: Organizer) -> web.Response:
    """What waits, who waits, and how many days are left."""
    queue, lines = None, tuple[Logged, ...]()
    if who.may(Right.REVIEW):
        queue = await ask(app, who, LookAtQueue(QueueFilter(mine=True, states=("in_review", "changes_asked")), 0, 10))
    if who.may(Right.ORGANIZERS):
        lines = await ask(app, who, ReadLog(limit=5))
    now = app.turns.now()
    call = await app.database.read(lambda session: calls.current(session, now))
    standing = [line.text for line in standing_of_call(call, now)]
    waiting = await ask(app, who, ReadOverview(call.code))
    said = [(line.at, sentence(line)) for line in lines]
    states = [(EntryState(name), number) for name, number in queue.states] if queue is not None else []
    return console_page(
        *("dashboard.html", app, who, ""),
        queue=queue,
        standing=standing,
        waiting=[line.text for line in overview.lines(overview.kept(waiting))],
        said=said,
        by_state=states,
    )


async def queue(app: App, who: Organizer, asked: Mapping[str, str]) -> web.Response:
    """The queue, filtered; what was done last can be undone."""
    states = (asked["state"],) if asked.get("state") in set(EntryState) else ()
    wanted = QueueFilter(
        states,
        asked.get("call", "")[:20],
        asked.get("line", "")[:20],
        asked.get("language", "")[:10],
        asked.get("country", "").upper()[:3],
        mine=asked.get("mine") == "1",
        unscored=asked.get("unscored") == "1",
        everything=asked.get("state") == "all",
        newest=asked.get("newest") == "1",
    )
    number = max(1, int(asked["page"])) if asked.get("page", "").isdigit() and len(asked["page"]) < 6 else 1
    found = await ask(app, who, LookAtQueue(wanted, (number - 1) * AT_ONCE, AT_ONCE))
    undo = asked.get("undo", "")[:2_000]
    return console_page(
        *("queue.html", app, who, "/review"),
        found=found,
        asked=asked,
        number=number,
        last=max(1, -(-found.number // AT_ONCE)),
        undo=undo,
        done=int(asked["did"]) if asked.get("did", "").isdigit() else None,
        failed=int(asked["failed"]) if asked.get("failed", "").isdigit() else 0,
    )


async def entry(app: App, who: Organizer, reference: str, asked: Mapping[str, str]) -> web.Response:
    """One entry whole, with all that can be done to it."""
    dossier = await ask(app, who, LookAtEntry(reference))
    if dossier is None:
        raise web.HTTPNotFound
    gives = who.may(Right.DECIDE) and dossier.state in WAITING and not dossier.taken
    reviewers = await ask(app, who, ListReviewers(reference)) if gives else ()
    trouble = next((words for what, words in TROUBLES.items() if what == asked.get("trouble")), None)
    world, state = app.turns.machine.world, dossier.state
    return console_page(
        *("entry.html", app, who, "/review"),
        dossier=dossier,
        sections=list(sections(world, dossier, app.turns.now())),
        trouble=trouble,
        actions=ACTIONS,
        other=M("history.other"),
        named=named,
        can={action.value: after(state, action) is not None for action in A},
        is_reviewed=state in (EntryState.IN_REVIEW, EntryState.CHANGES_ASKED) and not dossier.taken,
        is_scorable=state in SCORABLE,
        decides=who.may(Right.DECIDE),
        reviewers=reviewers,
    )


async def decisions(app: App, who: Organizer, told: str) -> web.Response:
    """Decisions to be announced, each with its message in its author's language."""
    waiting = await ask(app, who, ListPending())
    shown = []
    for each in waiting:
        state = EntryState.PUBLISHED if each.accepted else EntryState.DECLINED
        lines = decision_lines(state, each.reference, each.title, words=each.words, publish=each.publish)
        shown.append((each, [line.text for line in lines]))
    return console_page(
        *("decisions.html", app, who, "/decisions"), shown=shown, told=int(told) if told.isdigit() else None
    )


async def reports(app: App, who: Organizer, asked: Mapping[str, str]) -> web.Response:
    """The report in another language or form: to be asked for, and to be had."""
    orders = await ask(app, who, ListReports())
    now = app.turns.now()
    known = await app.database.read(lambda session: calls.every(session, now))
    return console_page(
        *("reports.html", app, who, "/reports"),
        shown=[(each, reporting.what(each), reporting.standing(each)) for each in orders],
        codes=[call.code for call in known],
        languages=app.words.languages,
        forms=FORMS,
        made=OrderState.MADE,
        did=asked.get("did", ""),
    )


async def log(app: App, who: Organizer, before: str) -> web.Response:
    """Who did what, newest first."""
    first = int(before) if before.isdigit() and len(before) < 16 else None
    (lines,) = await together(app, who, [ReadLog(first, 50)])
    said = [(line.at, sentence(line)) for line in lines]
    older = min(line.id for line in lines) if len(lines) == AT_ONCE else None
    return console_page(*("log.html", app, who, "/log"), said=said, older=older)
