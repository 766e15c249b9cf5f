"""`stocktaking contacts find`, `show`, `change` and more: one contact at a time, and what lists are read by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.cli.runtime import with_app
from dialogs.domain.organizers.contacts import ContactCard, group_name

__all__ = ["add_to"]

Number = Annotated[int, typer.Argument(help="The contact's number, as `contacts find` shows it.")]
Form = Annotated[str, typer.Option("--format", help="text or json")]

WHY = {
    "gone": "there is no contact {id}: see `stocktaking contacts find`",
    "nobody": "a name, an organisation or an address must be left",
    "twice": "another contact has this address: see `stocktaking contacts merge`",
    "same": "these are one contact",
    "two_people": "each of them has followed a link of their own: they are two people",
}


def add_to(contacts: typer.Typer) -> None:
    """Add these commands to those of lists."""
    for name, command in COMMANDS.items():
        contacts.command(name)(command)


def find(
    text: Annotated[str, typer.Argument(help="Words of the name, organisation or address; or a number.")] = "",
    group: Annotated[str, typer.Option(help="Only contacts of this group.")] = "",
    form: Form = "text",
) -> None:
    """Contacts by what stands in them, at most a hundred."""
    from storage.contacts import directory

    name = group_name(group)
    found = with_app(lambda app: app.database.read(lambda session: directory.find(session, text, 100, name)))
    _print(found, form)


def show(number: Number, form: Form = "text") -> None:
    """One contact with all that is kept of them."""
    _print([_one(number)], form, whole=True)


def change(
    number: Number,
    name: Annotated[str | None, typer.Option(help='"" empties it.')] = None,
    organisation: Annotated[str | None, typer.Option(help='"" empties it.')] = None,
    email: Annotated[str | None, typer.Option(help='"" empties it.')] = None,
    country: Annotated[str | None, typer.Option(help="By any of its names or codes.")] = None,
    language: Annotated[str | None, typer.Option(help="By its name or code.")] = None,
    kind: Annotated[str | None, typer.Option(help="Of organisation, by its name or code, such as CSO.")] = None,
    group: Annotated[list[str] | None, typer.Option(help="Put them into this group.")] = None,
    no_group: Annotated[list[str] | None, typer.Option(help="Take them out of this group.")] = None,
) -> None:
    """Correct a contact, or put them into groups."""
    from storage.contacts import directory

    given = {"name": name, "organisation": organisation, "email": email}
    given |= {"country": country, "language": language, "kind": kind}
    into, out_of = [group_name(each) for each in group or ()], [group_name(each) for each in no_group or ()]
    wanted = {field: value for field, value in given.items() if value is not None}
    if not (wanted or into or out_of):
        raise typer.BadParameter("say what is to be changed, such as --email anna@example.org")

    def work(session: Session, said: dict[str, str], now: Any) -> str:
        why = directory.change(session, None, number, said, now) if said else ""
        if not why and (into or out_of):
            why = "" if directory.regroup(session, None, number, into, out_of, now) else "gone"
        return why

    async def do(app: Any) -> str:
        said = _understood(wanted, await app.database.read(_words))
        now = app.turns.now()
        return str(await app.database.write(lambda session: work(session, said, now)))

    _done(with_app(do), number)
    _print([_one(number)], "text", whole=True)


def remove(number: Number, yes: Annotated[bool, typer.Option("--yes", help="Without asking.")] = False) -> None:
    """Remove a contact for good: the next list does not bring them back."""
    from storage.contacts import directory

    _print([_one(number)], "text", whole=True)
    if not yes:
        typer.confirm("Remove this contact, and leave them out of every list from now on?", abort=True)

    async def do(app: Any) -> bool:
        now = app.turns.now()
        return bool(await app.database.write(lambda session: directory.remove(session, None, number, now)))

    _done("" if with_app(do) else "gone", number)
    print(f"Contact {number} is removed.")


def merge(number: Number, other: Annotated[int, typer.Argument(help="The contact that goes into the first.")]) -> None:
    """Make two contacts one: the first keeps what it says, and takes from the other what it lacks."""
    from storage.contacts import directory

    async def do(app: Any) -> str:
        now = app.turns.now()
        return str(await app.database.write(lambda session: directory.merge(session, None, number, other, now)))

    _done(with_app(do), number)
    print(f"Contact {other} is one with contact {number}; its personal link is no longer handed out.")
    _print([_one(number)], "text", whole=True)


def groups(form: Form = "text") -> None:
    """The groups of contacts, with how many are in each."""
    from storage.contacts import directory

    found = with_app(lambda app: app.database.read(directory.groups))
    if form == "json":
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _table("contacts  group", (f"{number:8,}  {name}" for name, number in found.items()))


def kinds(
    word: Annotated[str, typer.Argument(help="What your lists say, such as NGO.")] = "",
    kind: Annotated[str, typer.Argument(help="What it means, such as CSO; forgotten when absent.")] = "",
) -> None:
    """What your own lists call the kinds of organisation. Without a word: all that were said."""
    from storage.contacts import kind_words

    if not word:
        said = with_app(lambda app: app.database.read(kind_words.every))
        _table("kind  word", (f"{code:4}  {each}" for each, code in said.items()))
        return
    code = _understood({"kind": kind}, {})["kind"] if kind else ""

    def work(session: Session) -> bool:
        if not code:
            return kind_words.unsay(session, word)
        kind_words.say(session, word, code)
        return True

    if not with_app(lambda app: app.database.write(work)):
        raise typer.BadParameter(f"{word} was never said to be a kind", param_hint="WORD")
    print(f"“{word}” is understood as {code} from now on." if code else f"“{word}” is no kind of its own any more.")


def imports() -> None:
    """The lists that were taken in, the newest first."""
    from dialogs.domain.values.geneva import GENEVA
    from storage.contacts import imports as kept

    found = with_app(lambda app: app.database.read(kept.listed))
    lines = (
        f"{row.id:20}  {row.at.astimezone(GENEVA):%Y-%m-%d %H:%M}  {row.new:7,}  {row.changed:7,}  "
        f"{'undone  ' if row.undone else ''}{row.name}"
        for row in found
    )
    _table("import                when (Geneva)         new  changed  list", lines)


def undo(number: Annotated[str, typer.Argument(help="The import, as `contacts imports` shows it.")]) -> None:
    """Take an import back: who is new goes, who was changed says again what they said before."""
    from storage.contacts import imports as kept

    async def do(app: Any) -> Any:
        now = app.turns.now()
        return await app.database.write(lambda session: kept.undo(session, None, number, now))

    done = with_app(do)
    if done is None:
        raise typer.BadParameter(f"there is no import {number} to undo", param_hint="NUMBER")
    print(f"{done.removed} removed, {done.restored} say again what they said before")
    if done.kept:
        print(f"{done.kept} stay: they have followed their link since")


COMMANDS: dict[str, Callable[..., None]] = {
    "find": find,
    "show": show,
    "change": change,
    "remove": remove,
    "merge": merge,
    "groups": groups,
    "kinds": kinds,
    "imports": imports,
    "undo": undo,
}


def _words(session: Session) -> dict[str, str]:
    from storage.contacts import kind_words

    return kind_words.every(session)


def _understood(given: dict[str, str], words: dict[str, str]) -> dict[str, str]:
    """Fields as lists are read; wrong usage when one cannot be."""
    from dialogs.domain.question_roles import QuestionRole
    from dialogs.organizers.contacts.contact_cells import Cells
    from dialogs.questionnaire.source import loader
    from locales.vocabulary import build
    from locales.words import SOURCE, Words

    ours = Words.ours()
    cells = Cells(build(ours), loader.codes_of(QuestionRole.ORGANIZATION_KIND), words)
    read: dict[str, Callable[[str], Any]] = {
        "email": cells.email,
        "country": cells.country,
        "language": cells.language,
        "kind": cells.kind,
    }
    found = {}
    for field, text in given.items():
        value, why = read[field](text) if field in read else cells.short(field, " ".join(text.split()))
        if why is not None:
            raise typer.BadParameter(f"{text}: {ours.say(why, SOURCE)}", param_hint=f"--{field}")
        found[field] = value
    return found


def _one(number: int) -> ContactCard:
    from storage.contacts import directory

    found = with_app(lambda app: app.database.read(lambda session: directory.get(session, number)))
    _done("" if found else "gone", number)
    return found  # type: ignore[no-any-return]


def _done(why: str, number: int) -> None:
    if why:
        raise typer.BadParameter(WHY[why].format(id=number), param_hint="NUMBER")


def _print(found: list[ContactCard], form: str, *, whole: bool = False) -> None:
    if form == "json":
        print(json.dumps([asdict(card) for card in found], ensure_ascii=False, indent=2))
    elif whole:
        for card in found:
            said = {**asdict(card), "groups": ", ".join(card.groups), "started": "yes" if card.started else "no"}
            print("\n".join(f"{field:12}  {value}" for field, value in said.items() if value != ""))
    else:
        lines = (
            f"{card.id:6}  {card.country or '-':2}  {card.language or '-':2}  {card.kind or '-':4}  "
            f"{'; '.join(filter(None, (card.name, card.organisation, card.email)))}"
            for card in found
        )
        _table("number  country, language, kind, name; organisation; address", lines)


def _table(head: str, lines: Iterable[str]) -> None:
    """Lines with what stands in them above, and how many there are below."""
    there = list(lines)
    print("\n".join([head, *there]) if there else "There are none.")
    if there:
        print(f"{len(there)} in all")
