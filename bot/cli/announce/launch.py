"""Sending from the command line: read, show who would read what, ask, hand over to the courier, follow."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from bot.app import App
from bot.cli.announce.errors import AnnouncementError
from bot.cli.announce.input import Wanted, pair, read, understood
from bot.cli.announce.report import progress_of
from bot.settings import terms_of
from dialogs.domain.announcements.announcement import AnnouncementAction
from dialogs.domain.messages import Message
from dialogs.domain.notice import NoticeState
from dialogs.domain.organizers.announcements import ActionResult, Approval, Progress, Sheet
from dialogs.organizers.announcements.content.audience_labels import OF_ENTRIES
from dialogs.organizers.announcements.summary import left_out, reading
from dialogs.organizers.announcements.view import HAPPENED, blockers, waits_for_approval
from dialogs.text import html_subset
from storage.announcements import announcement_actions, announcements, audiences, messaging_settings
from storage.announcements.audiences import Audience
from storage.calls import calls

__all__ = ["Wanted", "again", "call_off", "change", "drive", "follow", "read", "send"]

FOLLOWING = 1.0
"""Seconds between two looks at how far it is."""
BLOCKED, NOT_CONFIRMED, NOT_NOW = 3, 4, 1
THERE_IS_NONE = "there is no announcement {}: see `stocktaking announce list`"
ABOUT_A_CALL = {*audiences.ABOUT_A_CALL, *OF_ENTRIES, *(f"not_{each}" for each in OF_ENTRIES)}


async def send(app: App, wanted: Wanted, *, dry_run: bool, yes: bool) -> int:
    """Say who would read what, ask, and only then compose it, schedule and follow it; the exit code."""
    sheet = await app.database.write(lambda session: _rehearsed(session, app, wanted))
    for line in reading(sheet, app.words.languages):
        print(f"  {app.words.say(line.text, 'en')}")
    print(app.words.say(Message("announce.audience", {}, sheet.size), "en"))
    for line in left_out(sheet):
        print(app.words.say(line.text, "en"))
    missing = blockers(sheet)
    for what in missing:
        print(f"  {app.words.say(what, 'en')}", file=sys.stderr)
    if missing and not dry_run and waits_for_approval(sheet):
        return await _asked(app, wanted, sheet)
    if dry_run or missing:
        return BLOCKED if missing else 0
    if not _is_sure(sheet.size, yes):
        return NOT_CONFIRMED
    now = app.turns.now()

    def launched(session: Session) -> tuple[int, ActionResult]:
        id = _composed(session, wanted, sheet, now)
        return id, announcement_actions.launch(session, None, id, wanted.at, sheet.size, now)

    id, happened = await app.database.write(launched)
    print(f"Announcement {id}: {app.words.say(HAPPENED[happened], 'en')}")
    if happened is ActionResult.LAUNCHED and sys.stdout.isatty():
        return await follow(app, id)
    return 0 if happened in (ActionResult.LAUNCHED, ActionResult.SCHEDULED) else BLOCKED


def _rehearsed(session: Session, app: App, wanted: Wanted) -> Sheet:
    """The announcement as organizers would see it. Nothing is kept: no draft, no number, no line in the log."""
    now, held = app.turns.now(), terms_of(app.settings)
    messaging_settings.keep(session, held)
    if wanted.at is not None and wanted.at <= now:
        raise AnnouncementError(f"{wanted.at:%Y-%m-%d %H:%M}: that moment is over")
    _known_languages(app, {*wanted.texts, wanted.language, *(each for b in wanted.buttons for each in b["label"])})
    cut = dict(understood(wanted.audience, app.turns.machine.world.vocabulary))
    if ABOUT_A_CALL & set(cut):
        cut.setdefault("call", calls.ensure_current(session, now, app.turns.edition_of).code)
    try:
        audience = Audience.of(cut)
    except (TypeError, ValueError) as error:
        raise AnnouncementError(f"there is no such audience ({error})") from None
    file = wanted.file
    return Sheet(
        id=0,
        state=NoticeState.DRAFT,
        language=wanted.language,
        topic=wanted.topic,
        texts=wanted.texts,
        buttons=wanted.buttons,
        file=file.name if file else "",
        picture=bool(file and file.picture),
        file_gone=bool(file and not file.remote and not Path(file.path).is_file()),
        audience=audience.as_json(),
        readers=audiences.by_language(session, audience, wanted.topic),
        left_out=audiences.left_out(session, audience, wanted.topic),
        rate=held.rate,
        approval=(Approval.MISSING if held.approval else Approval.NOT_NEEDED).value,
        mine=True,
        due=(wanted.at or now).isoformat(),
        progress={},
    )


def _known_languages(app: App, languages: Iterable[str]) -> None:
    unknown = sorted(set(languages) - set(app.words.languages))
    if unknown:
        raise AnnouncementError(f"{unknown[0]}: expected one of {', '.join(app.words.languages)}")


def _composed(session: Session, wanted: Wanted, sheet: Sheet, now: datetime) -> int:
    return announcement_actions.compose(
        session,
        None,
        now,
        texts=wanted.texts,
        audience=sheet.audience,
        language=wanted.language,
        topic=wanted.topic,
        buttons=wanted.buttons,
        file=wanted.file,
        due=wanted.at,
    )


def _is_sure(size: int, yes: bool) -> bool:
    """The second yes repeats the number; without a terminal there is nobody to ask."""
    if yes:
        return True
    if not sys.stdin.isatty():
        print("stocktaking: nobody to ask: say --yes to send it", file=sys.stderr)
        return False
    return input(f"To send it, type how many people it goes to ({size}): ").strip() == str(size)


async def _asked(app: App, wanted: Wanted, sheet: Sheet) -> int:
    """Keep it, with the moment for which it is meant, until a second organizer has agreed."""
    now = app.turns.now()

    def kept(session: Session) -> int:
        id = _composed(session, wanted, sheet, now)
        announcement_actions.ask_approval(session, None, id, now)
        return id

    id = await app.database.write(kept)
    print(f"It is kept as announcement {id}: a second organizer approves and sends it in the chat.")
    return BLOCKED


async def follow(app: App, id: int) -> int:
    """A bar that grows until it is over; the exit code. Ctrl+C ends the looking on, not the sending."""
    enough = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, enough.set)
    while not enough.is_set():
        state, progress = await _standing(app, id)
        print(f"\r{_bar(progress)} ", end="" if sys.stdout.isatty() else "\n", flush=True)
        if state.is_over:
            print()
            return 0
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(enough.wait(), FOLLOWING)
    print(f"\nThe service goes on with it: stocktaking announce status {id}")
    return 0


async def _standing(app: App, id: int) -> tuple[NoticeState, Progress]:
    try:
        return await app.database.read(
            lambda session: (NoticeState(announcements.get(session, id).state), progress_of(session, id, app))
        )
    except LookupError:
        raise AnnouncementError(THERE_IS_NONE.format(id)) from None


def _bar(progress: Progress) -> str:
    total = progress.total
    filled = 30 * (total - progress.left) // total if total else 0
    failed = sum(progress.failed.values())
    return f"[{'#' * filled}{'.' * (30 - filled)}] {progress.sent} sent, {failed} failed, {progress.left} left"


async def drive(app: App, id: int, to: AnnouncementAction) -> int:
    """Pause, resume, stop, retry or recall; the exit code."""
    now = app.turns.now()
    return await _act(app, id, lambda session: announcement_actions.drive(session, None, id, to, now))


async def call_off(app: App, id: int) -> int:
    """Make what is scheduled a draft again; the exit code."""
    now = app.turns.now()
    return await _act(app, id, lambda session: announcement_actions.call_off(session, None, id, now))


async def again(app: App, id: int) -> int:
    """Begin one with all that another one has; the exit code."""
    now = app.turns.now()
    try:
        new = await app.database.write(lambda session: announcement_actions.use_again(session, None, id, now))
    except LookupError:
        raise AnnouncementError(THERE_IS_NONE.format(id)) from None
    print(f"Announcement {new} is a draft with all that announcement {id} has: it is finished in the chat.")
    return 0


async def change(app: App, id: int, texts: Iterable[str]) -> int:
    """Replace texts of what has begun, for everyone who got them; the exit code of the first that could not be."""
    for each in texts:
        code = await _changed(app, id, *pair(each))
        if code:
            return code
    return 0


async def _changed(app: App, id: int, language: str, text: str) -> int:
    now, html = app.turns.now(), html_subset.marked(text)
    _known_languages(app, [language])

    def work(session: Session) -> ActionResult:
        if app.settings.announce_approval:
            messaging_settings.keep(session, terms_of(app.settings))
        return announcement_actions.change_sent(session, None, id, language, html, now)

    code = await _act(app, id, work)
    if code and await app.database.read(lambda session: announcement_actions.needs_another(session, None, id)):
        print("Where announcements need a second organizer, texts are changed in the chat.", file=sys.stderr)
    return code


async def _act(app: App, id: int, act: Callable[[Session], ActionResult]) -> int:
    """Do it and say what happened; the exit code."""
    try:
        happened = await app.database.write(act)
    except LookupError:
        raise AnnouncementError(THERE_IS_NONE.format(id)) from None
    good = happened not in (ActionResult.NOT_NOW, ActionResult.NOTHING_TO_RETRY, ActionResult.OWN, ActionResult.BLOCKED)
    print(app.words.say(HAPPENED[happened], "en"), file=sys.stdout if good else sys.stderr)
    return 0 if good else NOT_NOW
