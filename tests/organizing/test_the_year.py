"""An organizer's year, played from its first day to its exports by each way in; no job takes more steps than it may."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import BrowserContext
from sqlmodel import Session

from bot.app import App
from bot.settings import Settings
from dialogs.domain.events import Event
from dialogs.screens import Screen
from storage.announcements import announcement_actions
from storage.announcements.audiences import Audience
from storage.engine.database import Database
from storage.messaging import notices
from storage.people import people
from tests.announcements.posting import Post
from tests.console.conftest import Console, chromium, context, site
from tests.contacts import test_lists_people_bring as lists
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.organizing.inviting import invitation
from tests.organizing.season import season
from tests.organizing.test_contacts import sends
from tests.samples import answer_until
from tests.service import Service

__all__ = ["chromium", "context", "site"]

pytestmark = pytest.mark.feature("B1", "B5", "B6", "B11")

LAST_YEAR = {
    "en": "Dear {name|colleague}, the call is open. {days|A few} days are left.",
    "fr": "Bonjour {name|cher collègue}, l’appel est ouvert. Il reste {days|quelques} jours.",
    "es": "Hola {name|colega}: la convocatoria está abierta. Quedan {days|pocos} días.",
    "ru": "Здравствуйте, {name|коллега}! Сбор открыт. Осталось дней: {days|немного}.",
    "zh": "{name|同事}，您好！征集已开始，还剩{days|数}天。",
    "ar": "{name|زميلنا}، الدعوة مفتوحة. بقي من الأيام: {days|القليل}.",
}
BUTTON = {"label": {"en": "Take part", "fr": "Participer"}, "url": "https://www.itu.int/stocktaking"}


@dataclass
class Counted(Person):
    """Somebody whose every tap, message and command is a step."""

    steps: int = 0

    async def acts(self, event: Event, update: str | None = None) -> Screen:
        self.steps += 1
        return await super().acts(event, update)

    @contextmanager
    def within(self, most: int) -> Iterator[None]:
        """A job that takes no more steps than this."""
        before = self.steps
        yield
        assert self.steps - before <= most, f"{self.steps - before} steps, {most} are promised"


def somebody(stage: Stage, address: str, called: str) -> Counted:
    return Counted(stage, address, "telegram", "en", called)


@pytest.fixture
def app(stage: Stage, tmp_path: Path) -> App:
    (tmp_path / "files").mkdir()
    settings = Settings(database_url="sqlite:///unused", files=tmp_path / "files")
    return App(settings, stage.database, stage.words, stage.turns)


async def invited(owner: Counted, person: Counted, role: str) -> Counted:
    """An invitation and its use, each in as many steps as promised."""
    with owner.within(3):
        payload = await invitation(owner, role)
    with person.within(2):
        await person.does("start", payload)
        if person.screen.name == "language":
            await person.taps("English")
    assert person.screen.name == "organize", person.text
    return person


async def refuses(person: Person, *commands: str) -> None:
    """Nothing of this is there for them."""
    for command in commands:
        await person.does(command)
        person.sees(f"I do not know /{command}")


def ten_lists(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Three hundred people in ten files, as ten kinds of programs and offices write them."""
    found = []
    for number, shape in enumerate(lists.SHAPES.values()):
        monkeypatch.setattr(lists, "wanted", lambda person, number=number: f"person.{number}.{person}@example.org")
        inside = folder / f"list {number}"
        inside.mkdir()
        found.append(shape(inside))
    return found


async def last_years(stage: Stage) -> int:
    """The announcement of last year: six languages with fields, a button, and an audience of its own."""

    def work(session: Session) -> int:
        now = stage.clock.now()
        audience = Audience(call="2026").as_json()
        number = announcement_actions.compose(
            session, None, now - timedelta(days=300), texts=LAST_YEAR, audience=audience, buttons=[BUTTON]
        )
        notices.get(session, number).state = "done"
        return number

    return await stage.database.write(work)


@ON_ONE_ENGINE
@pytest.mark.browser
async def test_the_year_in_the_chat(
    olga: Person,
    stage: Stage,
    app: App,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    site: Console,
    context: BrowserContext,
) -> None:
    owner = somebody(stage, "100", "Olga")
    with owner.within(1):  # the other three of setting up are two settings and a command
        await owner.does("organize")
        owner.sees("Nothing waits for you")
    otto = await invited(owner, somebody(stage, "300", "Otto"), "organizer")
    tina = await invited(owner, somebody(stage, "301", "Tina"), "translator")
    remi = await invited(owner, somebody(stage, "302", "Remi"), "reviewer")

    await season(stage)
    with otto.within(8):
        await otto.does("calls")
        await otto.taps("A new call")
        for said in ("2028", "4.10.2027 9:00", "1 March 2028"):
            await otto.says(said)
        for _ in ("report", "event"):
            await otto.taps(".offered:1")
        await otto.says("yes")
    otto.sees("Done")
    with otto.within(4):
        await otto.does("calls", "2028")
        await otto.taps("closes")
        await otto.says("8 March 2028")
        await otto.says("yes")
    with otto.within(2):
        await otto.does("organize", "2026")
        otto.sees("2026", "30 entries were sent")
        otto.misses("days left")
        await otto.does("calls", "1999")
        otto.sees("1.")

    for path in ten_lists(tmp_path, monkeypatch):
        await otto.does("contacts")
        with otto.within(2):
            await sends(otto, app, path.name, path.read_bytes())
            await otto.taps("Look again")
        otto.sees("30 new, 0 changed, 0 as they were")
        stage.clock.passes(minutes=1)
    otto.sees("300 people are on the lists")
    with otto.within(5):
        await otto.does("contacts", "person.7.3@example.org")
        await otto.taps("Contact")
        await otto.taps("change:language")
        await otto.taps("is:fr")
    otto.sees("Language: French")

    old = await last_years(stage)
    with otto.within(12):
        await otto.does("announcements")
        await otto.taps(f"see:{old}")
        await otto.taps("Use it again")
        otto.sees("This is a new draft with all that the earlier one has", "Français")
        await otto.taps("preview")
        otto.sees("Dear Otto, the call is open. 101 days are left.", "Take part")
        await otto.taps("in:fr")
        otto.sees("Bonjour Otto", "Participer")
        await otto.taps(".back")
    new = int(otto.text.partition("no. ")[2].partition(":")[0])
    await tina.does("announcements")
    await tina.taps(f"see:{new}")
    assert not any(map(tina.offers, ("send", "buttons", "audience", "topic", "discard")))
    await tina.taps("texts")
    await tina.taps("in:ru")
    tina.sees("Dear {name|colleague}, the call is open.", "Сбор открыт")
    await tina.says("Здравствуйте, {name|коллега}! Сбор открыт, осталось дней: {days|немного}.")
    await otto.does("announcements")
    with otto.within(4):
        await otto.taps(f"see:{new}")
        for choice in ("send", "now", "launch"):
            await otto.taps(choice)
    otto.sees("It is being sent")
    sent = {each.address: each.text for each in await Post(stage).goes_out()}
    assert "Dear Remi, the call is open." in sent["302"]

    with otto.within(4):
        await otto.does("remind")
        otto.sees("60 days before")
        await otto.taps("move:14d")
        await otto.says("10")
    otto.sees("3. 10 days before")

    anna = await answer(stage)
    letter = next(each for each in await Post(stage).goes_out() if each.address == "300")
    with otto.within(1):
        await otto.says("Yes, it can.", reply=letter.message)
        otto.sees("on its way to Anna")
    await anna.does("contact")
    await anna.says("And three?")
    with otto.within(4):
        await otto.does("messages")
        await otto.taps("Read: Anna")
        await otto.says("Three as well.")
    otto.sees("on its way to Anna")

    with otto.within(2):
        await otto.does("stats", "2027")
        otto.sees("The call of 2027 in figures", "20 entries")
        await otto.taps(".csv")
    assert otto.screen.table is not None

    await refuses(otto, "organizers")
    await refuses(tina, "calls", "contacts", "stats", "messages", "remind", "organizers")
    await refuses(remi, "calls", "contacts", "announcements", "messages", "remind", "organizers")
    page = await site.lets_in(remi, context)
    assert "50 entries wait for a reviewer" in await page.locator("body").inner_text()
    for path_ in ("decisions", "log"):
        assert (await page.goto(f"{site.url}/organize/{path_}")).status == 404  # type: ignore[union-attr]


async def answer(stage: Stage) -> Counted:
    """Anna, who writes to the organizers from the middle of her entry."""
    anna = somebody(stage, "200", "Anna")
    await answer_until(anna, "org_name")
    await anna.does("contact")
    await anna.says("Can a ministry send two entries?")
    return anna


@dataclass
class Commands:
    """`stocktaking` in a terminal: each command is a step, and says what it did or why it did not."""

    service: Service
    steps: int = 0

    async def __call__(self, *words: str, code: int = 0) -> str:
        self.steps += 1
        ended, out, errors = await self.service.command(*words)
        assert ended == code, (words, ended, out, errors)
        assert (out + errors).strip(), f"{words} said nothing"
        return out + errors


async def meets(service: Service, language: str) -> None:
    """Somebody has said hello."""
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    now = datetime.now(UTC)
    await database.write(lambda session: people.arrive(session, "telegram", "77", language=language, now=now))
    await database.close()


def reworded(book: Path, mine: Path) -> None:
    """What an organizer does to the workbook: the version, and one question in other words."""
    work = load_workbook(book)
    work["questionnaire"]["B2"] = "2028"
    texts = work["texts"]
    column = [cell.value for cell in next(texts.iter_rows())].index("en")
    for row in texts.iter_rows(min_row=2):
        if [cell.value for cell in row[:3]] == ["question", "title", "ask"]:
            row[column].value = "What do you call it?"
    work.save(mine)


@pytest.mark.feature("B7", "B9", "B10")
async def test_the_year_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(tmp_path / "service", announce_approval="false")
    does = Commands(service)
    await service._with_tables()
    await service.in_season()
    assert "/start org-" in await does("organizers", "invite", "owner")

    before = does.steps
    book, mine = str(tmp_path / "out.xlsx"), str(tmp_path / "2028.xlsx")
    await does("questionnaire", "export", "2027b", "--output", book)
    reworded(Path(book), Path(mine))
    assert "The questionnaire 2028 is kept" in await does("questionnaire", "import", mine)
    assert "What do you call it?" in await does("questionnaire", "diff", "2027b", "2028")
    made = await does("calls", "create", "2028", "--opens", "2027-10-04", "--closes", "2028-03-01")
    assert "announced, from 2027-10-04 09:00 (Geneva) to 2028-03-01 23:59 (Geneva)" in made
    assert "2028" in await does("questionnaire", "publish", "2028", "--call", "2028", "--yes")
    assert does.steps - before <= 5, "next year's questionnaire and call"
    assert "2028" in await does("calls", "extend", "2028", "--closes", "2028-03-08")

    for path in ten_lists(tmp_path, monkeypatch):
        code, out, errors = await service.command("contacts", "import", str(path), "--group", "partners")
        assert "30 new, 0 changed, 0 as they were" in out, (path, code, out, errors)
    assert "300  partners" in await does("contacts", "groups")
    assert "FR" in await does("contacts", "change", "7", "--country", "France")

    file = tmp_path / "announcement.yaml"
    file.write_text(json.dumps({"texts": LAST_YEAR, "buttons": [BUTTON]}, ensure_ascii=False), "utf-8")
    await meets(service, "fr")
    assert "It goes to one person" in await does("announce", "--file", str(file), "--dry-run")
    at = f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%dT%H:%M}"
    await does("announce", "--file", str(file), "--at", at, "--yes")
    listed = (await does("announce", "list")).splitlines()[1]
    assert "Scheduled" in listed
    assert "draft" in await does("announce", "again", listed.split()[0])
    assert "60 days" in await does("reminders", "show")
    assert "10 days" in await does("reminders", "move", "14d", "--days", "10")
    assert "2027" in await does("stats", "--call", "2027")
    assert "no call 1999" in await does("stats", "--call", "1999", code=2)
    out = await does("entries", "export", "--format", "csv")
    assert "call" in next(csv.reader(io.StringIO(out)))
    log = await does("organizers", "log", "--limit", "100")
    assert log.count("imported a list of contacts") == 10
    assert "changed contact #7" in log and "changed the reminders" in log
