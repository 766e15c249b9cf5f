"""Reading a questionnaire from its data file, or saying everything that is wrong with it, at once.

The structure is read here; whether its parts fit together is judged by `rules`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from dialogs.questionnaire.model import Questionnaire
from dialogs.questionnaire.parts import read_questionnaire
from dialogs.questionnaire.rules import judge
from dialogs.questionnaire.source import Mistake, Mistakes, Value, open_source

__all__ = ["CURRENT", "QuestionnaireError", "current", "load", "version", "versions"]

CURRENT = "2027"
"""The questionnaire of the present call."""

HERE = Path(__file__).parent


class QuestionnaireError(Exception):
    """A questionnaire that cannot be used. `mistakes`: all of them, by line."""

    def __init__(self, path: Path, mistakes: Iterable[Mistake]) -> None:
        self.path = path
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join([f"{path} cannot be used:", *(f"  {mistake}" for mistake in self.mistakes)]))


def current() -> Questionnaire:
    """The questionnaire of the present call."""
    return version(CURRENT)


@cache
def version(name: str) -> Questionnaire:
    """A questionnaire that comes with the project, by its version, such as `2027`."""
    path = HERE / f"{name}.yaml"
    if name not in _names():
        text = f"there is no questionnaire {name!r}: expected {', '.join(_names())}"
        raise QuestionnaireError(path, [Mistake(1, "version", text)])
    questionnaire = load(path)
    if questionnaire.version != name:
        text = f'the file is called {path.name}, so write `version: "{name}"`'
        raise QuestionnaireError(path, [Mistake(1, "version", text)])
    return questionnaire


def versions() -> dict[str, Questionnaire]:
    """All questionnaires that come with the project, by version: drafts of earlier calls still need theirs."""
    return {name: version(name) for name in _names()}


def _names() -> list[str]:
    return sorted(found.stem for found in HERE.glob("*.yaml"))


def load(path: Path) -> Questionnaire:
    """Read a questionnaire file. QuestionnaireError lists all its mistakes, each with its line, its field and
    what to do; OSError when the file cannot be read.
    """
    mistakes = Mistakes()
    source = open_source(path, mistakes)
    questionnaire = _questionnaire(source) if source is not None else None
    if questionnaire is None or mistakes.found:
        raise QuestionnaireError(path, mistakes.found)
    return questionnaire


def _questionnaire(source: Value) -> Questionnaire | None:
    name, read = read_questionnaire(source)
    judge(read)
    if name is None or not read:
        return None
    sections = tuple(each.section for each in read)
    by_id = {question.id: question for section in sections for question in section.questions}
    section_of = {question.id: section.id for section in sections for question in section.questions}
    return Questionnaire(name, sections, by_id=by_id, section_of=section_of)
