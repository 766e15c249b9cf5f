"""A workbook back as an edition: every fault of it at once, by sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter

import yaml

from bot.questionnaires.cell_nodes import At, CellNodes, Pair
from bot.questionnaires.edition import Edition, as_text, read_structure
from bot.questionnaires.layout import LIMITS, OPTION_KEY, QUESTIONS, RULES, SECTIONS, SETTINGS, SHEETS, TEXT_KEY, Cell
from bot.questionnaires.sheets import Row, Sheet, WorkbookError, open_sheets
from bot.questionnaires.workbook_writer import in_order
from dialogs.domain.questionnaire import Questionnaire
from dialogs.questionnaire.source import loader
from dialogs.questionnaire.source.edition_texts import text_keys
from dialogs.questionnaire.source.yaml_source import Mistakes, Value
from locales.words import SOURCE, Words

__all__ = ["GAPS", "read"]

VERSION = re.compile(r"[12]\d{3}[a-z]{0,2}")
GAPS = frozenset({"year", "goal", "goals", "mdgs"})
"""What a question may say of the call, and of a person's own answers."""
TOP = At("questionnaire", "A1")


def read(path: Path, words: Words) -> Edition:
    """The edition in a workbook. WorkbookError lists all its faults."""
    sheets = open_sheets(path)
    reading = _Reading(sheets, in_order(words), words)
    edition = reading.edition()
    if edition is None or reading.faults:
        raise WorkbookError(path, [f"{at}: {text}" for at, text in dict.fromkeys(reading.faults)])
    return edition


class _Reading:
    def __init__(self, sheets: Mapping[str, Sheet], languages: Sequence[str], words: Words) -> None:
        self.sheets, self.languages, self.words = sheets, languages, words
        self.cells = CellNodes()
        self.faults: list[tuple[At, str]] = []

    def edition(self) -> Edition | None:
        """The edition, when there are no faults."""
        if not self._are_there():
            return None
        root = self._root()
        mistakes = Mistakes()
        questionnaire = loader.questionnaire_of(Value("", root, mistakes))
        self.faults += [*self.cells.faults, *self.cells.located(mistakes.found)]
        if questionnaire is None:
            return None
        self._check_version(questionnaire.version)
        texts = self._texts(questionnaire)
        if self.faults:
            return None
        structure = yaml.SafeLoader("").construct_document(root)
        # What is kept is what was judged: it is read once more as it will be read from now on.
        return Edition(
            questionnaire.version, structure, texts, read_structure(questionnaire.version, as_text(structure))
        )

    def _are_there(self) -> bool:
        """Whether all sheets are there, with columns that are known."""
        known: dict[str, Iterable[str]] = {
            "questionnaire": ("field", "value"),
            "sections": SECTIONS,
            "questions": QUESTIONS,
            "options": (*OPTION_KEY, *self.languages),
            "texts": (*TEXT_KEY, *self.languages),
            "rules": RULES,
        }
        for name in SHEETS:
            if name not in self.sheets:
                self.faults.append((At(name, "A1"), "this sheet is missing: begin with an exported questionnaire"))
                continue
            sheet = self.sheets[name]
            self.faults += sheet.faults
            odd = [column for column in sheet.columns if column not in known[name]]
            self.faults += (
                (At(name, "1"), f"unknown column {each!r}: expected {', '.join(known[name])}") for each in odd
            )
            twice = {column for column in sheet.columns if sheet.columns.count(column) > 1}
            self.faults += ((At(name, "1"), f"the column {each} stands here twice") for each in sorted(twice))
        return all(name in self.sheets for name in SHEETS)

    def _root(self) -> yaml.Node:
        pairs = [*self._settings()]
        for name, node in (("lists", self._lists()), ("scopes", self._scopes()), ("moves", self._moves())):
            if node is not None:
                pairs.append(self.cells.pair(TOP, name, node))
        pairs.append(self.cells.pair(TOP, "sections", self._sections()))
        return self.cells.mapping(TOP, pairs)

    def _settings(self) -> Iterator[Pair]:
        for row in self.sheets["questionnaire"].rows:
            name = row.get("field")
            if not row.get("value"):
                continue
            node = self.cells.node(SETTINGS.get(name, Cell.TEXT), row.at("value"), row.get("value"))
            if node is not None:
                yield self.cells.pair(row.at("field"), name, node)

    def _sections(self) -> yaml.Node:
        rows = self.sheets["sections"].rows
        known = {row.get("id") for row in rows}
        for row in self.sheets["questions"].rows:
            if row.get("section") not in known:
                text = f"there is no section {row.get('section')!r}: name one of the sheet sections"
                self.faults.append((row.at("section"), text))
        return self.cells.sequence(At("sections", "A1"), [self._section(row) for row in rows])

    def _section(self, row: Row) -> yaml.Node:
        asked = [each for each in self.sheets["questions"].rows if each.get("section") == row.get("id")]
        at = row.at("id")
        questions = self.cells.sequence(at, [self._question(each) for each in asked])
        return self.cells.mapping(at, [*self._fields(row, SECTIONS), self.cells.pair(at, "questions", questions)])

    def _question(self, row: Row) -> yaml.Node:
        own = {name: cell for name, cell in QUESTIONS.items() if name not in LIMITS and name != "section"}
        pairs, limits = [*self._fields(row, own)], [*self._fields(row, LIMITS)]
        at = row.at("id")
        if limits:
            pairs.append(self.cells.pair(at, "limits", self.cells.mapping(at, limits)))
        return self.cells.mapping(at, pairs)

    def _fields(self, row: Row, columns: Mapping[str, Cell]) -> Iterator[Pair]:
        for name, cell in columns.items():
            node = self.cells.node(cell, row.at(name), row.get(name)) if row.get(name) else None
            if node is not None:
                yield self.cells.pair(row.at(name), name, node)

    def _lists(self) -> yaml.Node | None:
        lists: dict[str, list[yaml.Node]] = {}
        places: dict[str, At] = {}
        for row in self.sheets["options"].rows:
            for column in OPTION_KEY:
                if not row.get(column):
                    self.faults.append((row.at(column), f"{column} is empty: fill it in, or delete the row"))
            places.setdefault(row.get("list"), row.at("list"))
            lists.setdefault(row.get("list"), []).append(self.cells.text(row.at("code"), row.get("code")))
        pairs = [
            self.cells.pair(places[name], name, self.cells.sequence(places[name], codes))
            for name, codes in lists.items()
        ]
        return self.cells.mapping(At("options", "A1"), pairs) if pairs else None

    def _of_rule(self, rule: str) -> Iterator[Row]:
        for row in self.sheets["rules"].rows:
            if row.get("rule") == rule:
                yield row

    def _scopes(self) -> yaml.Node | None:
        for row in self.sheets["rules"].rows:
            if row.get("rule") not in ("scope", "move"):
                self.faults.append((row.at("rule"), f"{row.get('rule')!r} is no rule: expected scope or move"))
        pairs = [
            self.cells.pair(row.at("from"), row.get("from"), self.cells.codes(row.at("to"), row.get("to")))
            for row in self._of_rule("scope")
        ]
        return self.cells.mapping(At("rules", "A1"), pairs) if pairs else None

    def _moves(self) -> yaml.Node | None:
        columns = {"from": Cell.TEXT, "to": Cell.TEXT, "how": Cell.TEXT, "codes": Cell.CODE_MAP}
        moves = [self.cells.mapping(row.at("rule"), self._fields(row, columns)) for row in self._of_rule("move")]
        return self.cells.sequence(At("rules", "A1"), moves) if moves else None

    def _check_version(self, version: str) -> None:
        at = next((row.at("value") for row in self.sheets["questionnaire"].rows if row.get("field") == "version"), TOP)
        if not VERSION.fullmatch(version):
            self.faults.append((at, f"{version!r} is no version: write a year, or a year and a letter, as 2028b"))
        elif version in loader.built_in():
            self.faults.append((at, f"{version} comes with the program and stays as it is: give yours another version"))

    def _texts(self, questionnaire: Questionnaire) -> dict[str, dict[str, str]]:
        """The texts that the questions need; the catalogues' where a row was left out."""
        rows: dict[str, Row] = {}
        for row in (*self.sheets["options"].rows, *self.sheets["texts"].rows):
            key = _key(row)
            if key in rows:
                self.faults.append((row.at("name"), f"the text stands in row {rows[key].number} already: keep one"))
            rows.setdefault(key, row)
        texts: dict[str, dict[str, str]] = {}
        for key in text_keys(questionnaire):
            if (row_of := rows.get(key)) is not None:
                texts[key] = {language: text for language in self.languages if (text := row_of.get(language))}
                self._check_text(key, row_of)
            else:
                said = {language: "".join(self.words.forms(language, key)[-1:]) for language in self.languages}
                texts[key] = {language: text for language, text in said.items() if text}
                if SOURCE not in texts[key]:
                    family, name, part = key.split(".", 2)
                    self.faults.append((At("texts", "A1"), f"no row has the text: {family}, {name}, {part}. Add one"))
        return texts

    def _check_text(self, key: str, row: Row) -> None:
        if not row.get(SOURCE):
            self.faults.append((row.at(SOURCE), "the English text is empty: it stands in where another is missing"))
        for language in self.languages:
            gaps = _gaps(row.get(language))
            if gaps is None:
                self.faults.append((row.at(language), "a brace is not closed: write {year}, or {{ for a brace itself"))
            elif gaps - GAPS:
                odd = ", ".join(f"{{{name}}}" for name in sorted(gaps - GAPS))
                self.faults.append((row.at(language), f"{odd} says nothing here: expected one of {_all_gaps()}"))


def _key(row: Row) -> str:
    if row.sheet == "options":
        return f"option.{row.get('list')}.{row.get('code')}"
    return f"{row.get('of')}.{row.get('name')}.{row.get('part')}"


def _gaps(text: str) -> frozenset[str] | None:
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def _all_gaps() -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(GAPS))
