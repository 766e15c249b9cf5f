"""What the doctor says of the database and what is in it. It is opened as it is: nothing is made or upgraded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlmodel import Session

from bot.doctor.finding import Finding
from bot.settings import Settings
from storage.contacts import sealed
from storage.engine import sealing, service_marks
from storage.engine.database import Database, DatabaseError, NoTables, Tables
from storage.organizers import organizers

__all__ = ["look"]

SURE = ("synchronous_commit", "fsync")
"""Settings of PostgreSQL without which a commit is no promise."""

OLD = 2
"""Days after which a backup is worth a word."""


async def look(settings: Settings) -> list[Finding]:
    """Findings about the database."""
    try:
        database = await Database.open(settings.database_url, Tables.LEAVE)
    except NoTables as empty:
        return [Finding(False, str(empty)), *_organizers_named(settings)]
    except DatabaseError as error:
        return [Finding(True, f"the database cannot be used: {error}"), *_organizers_named(settings)]
    try:
        place = f"the database is reachable and its tables are up to date ({database.place})"
        return [Finding(False, place), *await database.read(lambda session: _inside(session, settings))]
    finally:
        await database.close()


def _inside(session: Session, settings: Settings) -> list[Finding]:
    return [
        *_sure(session),
        *_organizers(session, settings),
        *_backups(session, datetime.now(UTC)),
        *_contacts(session, settings),
        *_retention(session, settings),
    ]


def _sure(session: Session) -> Iterator[Finding]:
    """Whether what is committed survives a crash of the server. SQLite's is set by us for each connection."""
    connection = session.connection()
    for name in SURE if connection.dialect.name == "postgresql" else ():
        if connection.exec_driver_sql(f"SHOW {name}").scalar() == "off":
            what = f"PostgreSQL's {name} is off: when it crashes, answers that people saw as saved are lost"
            yield Finding(False, what, f"Set {name} = on")


def _contacts(session: Session, settings: Settings) -> Iterator[Finding]:
    """How contacts are kept: open, or sealed, and with which key."""
    sealing.use(settings.sealing_keys)
    try:
        sealed.check(session)
        left = sealed.left(session)
    except DatabaseError as error:
        yield Finding(True, str(error), "Set the key again: without it these contacts are lost")
        return
    if not settings.sealing_keys:
        yield Finding(False, "contacts are kept open: whoever has a copy of the database reads them")
    elif left:
        yield Finding(True, f"contacts not sealed with the newest key: {left:,}", "stocktaking contacts seal")
    else:
        yield Finding(False, "contacts are sealed with the newest key: keep it apart from backups, and lose it never")


def _retention(session: Session, settings: Settings) -> Iterator[Finding]:
    """Whether what is too old goes by itself."""
    ran = service_marks.at(session, service_marks.RETENTION)
    when = f"last done {ran:%Y-%m-%d %H:%M} UTC" if ran else "not done yet: the service does it when it runs"
    days = settings.keep_drafts_days
    yield Finding(False, f"what is too old is deleted by itself ({when}); unfinished entries after {days} days")


def _organizers_named(settings: Settings) -> Iterator[Finding]:
    """What can be said without the database."""
    many = len(settings.organizers)
    if many:
        yield Finding(False, f"{many} {'organizer is' if many == 1 else 'organizers are'} set")
    else:
        yield Finding(
            False,
            "no organizers are set: messages to them wait in the database",
            "Set STOCKTAKING_ORGANIZERS to their Telegram ids",
        )


def _organizers(session: Session, settings: Settings) -> Iterator[Finding]:
    yield from _organizers_named(settings)
    for id in settings.organizers:
        if not organizers.can_be_written_to(session, id):
            yield Finding(
                False,
                f"organizer {id} has not written to the bot, or has blocked it, so it cannot write to them",
                "Ask them to send it /start",
            )


def _backups(session: Session, now: datetime) -> Iterator[Finding]:
    made = service_marks.at(session, service_marks.BACKUP)
    if made is None:
        what, advice = "no backup was made by `stocktaking backup` yet", "Make one, unless your database has its own"
    else:
        days = (now - made).days
        what, advice = f"the last backup was made {made:%Y-%m-%d %H:%M} UTC", ""
        if days >= OLD:
            advice = f"That is {days} days ago: make one each day"
    yield Finding(False, what, advice)
