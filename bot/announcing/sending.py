"""Sending from the command line: read, show who would read what, ask, hand over to the courier, follow."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from sqlmodel import Session

from bot.announcing.errors import AnnouncementError
from bot.announcing.telling import progress_of
from bot.app import App
from bot.settings import terms_of
from dialogs import formatting
from dialogs.messages import Message
from dialogs.organizing.announcing.sheets import HAPPENED
from dialogs.organizing.announcing.summary import reading
from dialogs.organizing.requests.announcements import DriveTo, Happened, Progress, Sheet
from storage import announcements, announcing, calls, terms
from storage.announcements import Attached
from storage.audiences import Audience
from storage.organizing.announcements import seen

__all__ = ["Wanted", "call_off", "change", "drive", "follow", "read", "send"]

GENEVA = ZoneInfo("Europe/Zurich")
DONE = {"done", "stopped"}
FOLLOWING = 1.0
"""Seconds between two looks at how far it is."""
BLOCKED, NOT_CONFIRMED, NOT_NOW = 3, 4, 1
THERE_IS_NONE = "there is no announcement {}: see `stocktaking announce list`"
ABOUT_A_CALL = {"unfinished", "returning", "started", "not_submitted"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An announcement as it was asked for."""

    texts: Mapping[str, str]
    audience: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    language: str = "en"
    topic: str = "news"
    buttons: Sequence[Mapping[str, Any]] = ()
    file: Attached | None = None


FIELDS = {"texts", "audience", "at", "language", "topic", "buttons", "picture", "document"}


def read(file: Path | None, texts: Iterable[str], audience: Iterable[str], at: str | None) -> Wanted:
    """What a file and options ask for; options come before the file. AnnouncementError says what is wrong."""
    given: dict[str, Any] = _from_file(file) if file else {}
    written = {**given.get("texts", {}), **dict(_pair(each) for each in texts)}
    if not written:
        raise AnnouncementError("an announcement needs a text: --file announcement.yaml, or --text en='...'")
    cut = {**given.get("audience", {}), **dict(_cut(each) for each in audience)}
    when = at or given.get("at")
    language = given.get("language", "en" if "en" in written else next(iter(written)))
    attached = next((_attached(given[kind], kind, file) for kind in ("picture", "document") if kind in given), None)
    return Wanted(
        {language: formatting.marked(str(text)) for language, text in written.items()},
        cut,
        _moment(str(when)) if when else None,
        language,
        given.get("topic", "news"),
        given.get("buttons", ()),
        attached,
    )


def _from_file(file: Path) -> dict[str, Any]:
    try:
        given = yaml.safe_load(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise AnnouncementError(f"{file} is no YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(given, dict) or set(given) - FIELDS:
        raise AnnouncementError(f"{file}: expected only these names: {', '.join(sorted(FIELDS))}")
    return given


def _attached(name: str, kind: str, file: Path | None) -> Attached:
    path = ((file.parent if file else Path()) / name).resolve()
    return Attached(str(path), kind == "picture", path.name)


def _pair(text: str) -> tuple[str, str]:
    language, equals, words = text.partition("=")
    if not equals:
        raise AnnouncementError(f"--text {text!r}: expected LANGUAGE=TEXT, such as en='The call is open'")
    return language, words


def _cut(text: str) -> tuple[str, Any]:
    """`languages=fr,ar`, `unfinished`, `channel=@wsis`, `not_notices=3`."""
    name, equals, values = text.partition("=")
    if not equals:
        return name, True
    if name in ("call", "channel"):
        return name, values
    return name, [int(value) if value.isdigit() else value for value in values.split(",")]


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise AnnouncementError(f"--at {text}: expected a moment such as 2027-02-01T09:00") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=GENEVA)


async def send(app: App, wanted: Wanted, *, dry_run: bool, yes: bool) -> int:
    """Compose it, say who would read what, ask, schedule it and follow it; the exit code."""
    sheet, id = await app.database.write(lambda session: _composed(session, app, wanted))
    for line in reading(sheet, app.words.languages):
        print(f"  {app.words.say(line.text, 'en')}")
    print(app.words.say(Message("announce.audience", {}, sheet.size), "en"))
    missing = await app.database.read(lambda session: _missing(session, id, sheet.size))
    for what in missing:
        print(f"  {app.words.say(what, 'en')}", file=sys.stderr)
    sure = not dry_run and not missing and _is_sure(sheet.size, yes)
    if not sure:
        keep = bool(missing) and not dry_run and sheet.approval == "missing" and len(missing) == 1
        return await _left(app, id, keep=keep, dry_run=dry_run, blocked=bool(missing))
    now = app.turns.now()
    happened = await app.database.write(
        lambda session: announcing.launch(session, None, id, wanted.at, sheet.size, now)
    )
    print(f"Announcement {id}: {app.words.say(HAPPENED[happened], 'en')}")
    if happened is Happened.LAUNCHED and sys.stdout.isatty():
        return await follow(app, id)
    return 0 if happened in (Happened.LAUNCHED, Happened.SCHEDULED) else BLOCKED


def _composed(session: Session, app: App, wanted: Wanted) -> tuple[Sheet, int]:
    now = app.turns.now()
    terms.keep(session, terms_of(app.settings))
    cut = dict(wanted.audience)
    if ABOUT_A_CALL & set(cut):
        cut.setdefault("call", calls.ensure_current(session, now).code)
    try:
        audience = Audience.of(cut).as_json()
    except (TypeError, ValueError) as error:
        raise AnnouncementError(f"there is no such audience ({error})") from None
    id = announcing.compose(
        session,
        None,
        now,
        texts=wanted.texts,
        audience=audience,
        language=wanted.language,
        topic=wanted.topic,
        buttons=wanted.buttons,
        file=wanted.file,
    )
    return seen(session, None, id, now), id


def _missing(session: Session, id: int, size: int) -> tuple[Message, ...]:
    return announcements.blockers(session, id, size=size, approval=terms.terms(session).approval)


def _is_sure(size: int, yes: bool) -> bool:
    """The second yes repeats the number; without a terminal there is nobody to ask."""
    if yes:
        return True
    if not sys.stdin.isatty():
        print("stocktaking: nobody to ask: say --yes to send it", file=sys.stderr)
        return False
    return input(f"To send it, type how many people it goes to ({size}): ").strip() == str(size)


async def _left(app: App, id: int, *, keep: bool, dry_run: bool, blocked: bool) -> int:
    """It is not sent: the draft goes, unless it only waits for a second organizer."""
    if keep:
        now = app.turns.now()
        await app.database.write(lambda session: announcing.ask_approval(session, None, id, now))
        print(f"It is kept as announcement {id}: a second organizer approves and sends it in the chat.")
        return BLOCKED
    now = app.turns.now()
    await app.database.write(lambda session: announcing.drive(session, None, id, DriveTo.DISCARD, now))
    if blocked:
        return BLOCKED
    return 0 if dry_run else NOT_CONFIRMED


async def follow(app: App, id: int) -> int:
    """A bar that grows until it is over; the exit code. Ctrl+C ends the looking on, not the sending."""
    enough = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, enough.set)
    while not enough.is_set():
        state, progress = await _standing(app, id)
        print(f"\r{_bar(progress)} ", end="" if sys.stdout.isatty() else "\n", flush=True)
        if state in DONE:
            print()
            return 0
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(enough.wait(), FOLLOWING)
    print(f"\nThe service goes on with it: stocktaking announce status {id}")
    return 0


async def _standing(app: App, id: int) -> tuple[str, Progress]:
    try:
        return await app.database.read(
            lambda session: (announcements.get(session, id).state, progress_of(session, id, app))
        )
    except LookupError:
        raise AnnouncementError(THERE_IS_NONE.format(id)) from None


def _bar(progress: Progress) -> str:
    total = progress.total
    filled = 30 * (total - progress.left) // total if total else 0
    failed = sum(progress.failed.values())
    return f"[{'#' * filled}{'.' * (30 - filled)}] {progress.sent} sent, {failed} failed, {progress.left} left"


async def drive(app: App, id: int, to: DriveTo) -> int:
    """Pause, resume, stop, retry or recall; the exit code."""
    now = app.turns.now()
    return await _act(app, id, lambda session: announcing.drive(session, None, id, to, now))


async def call_off(app: App, id: int) -> int:
    """Make what is scheduled a draft again; the exit code."""
    now = app.turns.now()
    return await _act(app, id, lambda session: announcing.call_off(session, None, id, now))


async def change(app: App, id: int, texts: Iterable[str]) -> int:
    """Replace texts of what has begun, for everyone who got them; the exit code of the first that could not be."""
    for each in texts:
        code = await _changed(app, id, *_pair(each))
        if code:
            return code
    return 0


async def _changed(app: App, id: int, language: str, text: str) -> int:
    now, html = app.turns.now(), formatting.marked(text)
    return await _act(app, id, lambda session: announcing.change_sent(session, None, id, language, html, now))


async def _act(app: App, id: int, act: Callable[[Session], Happened]) -> int:
    """Do it and say what happened; the exit code."""
    try:
        happened = await app.database.write(act)
    except LookupError:
        raise AnnouncementError(THERE_IS_NONE.format(id)) from None
    good = happened not in (Happened.NOT_NOW, Happened.NOTHING_TO_RETRY, Happened.OWN, Happened.BLOCKED)
    print(app.words.say(HAPPENED[happened], "en"), file=sys.stdout if good else sys.stderr)
    return 0 if good else NOT_NOW
