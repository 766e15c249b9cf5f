"""Reading a questionnaire from its data file, or saying everything that is wrong with it, at once.

The structure is read here; whether its parts fit together is judged by `rules`. Each file is read on its own: a mistake
in next year's questionnaire must not take this year's away. `versions` has those that can be used, `faults` the others.
Beside the files stand the editions that organizers published: whoever has the database adds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Questionnaire
from dialogs.questionnaire.consistency_rules import judge
from dialogs.questionnaire.source.parser import read_questionnaire
from dialogs.questionnaire.source.yaml_source import Mistake, Mistakes, Value, open_source

__all__ = [
    "QuestionnaireError",
    "add",
    "built_in",
    "codes_of",
    "edition_of",
    "faults",
    "forget_added",
    "load",
    "misnamed",
    "questionnaire_of",
    "version",
    "versions",
]

HERE = Path(__file__).resolve().parents[1]
SUFFIXES = (".yaml", ".yml")
"""How a questionnaire's file ends, and how it is often written instead."""


class QuestionnaireError(Exception):
    """A questionnaire that cannot be used. `mistakes`: all of them, by line."""

    def __init__(self, path: Path, mistakes: Iterable[Mistake]) -> None:
        self.path = path
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join([f"{path} cannot be used:", *(f"  {mistake}" for mistake in self.mistakes)]))


class _Editions(Mapping[str, Questionnaire]):
    """Editions by version: a view that has what is added later. A change replaces the whole, as threads read it."""

    def __init__(self, known: Mapping[str, Questionnaire]) -> None:
        self._known = dict(known)

    def __getitem__(self, version: str) -> Questionnaire:
        return self._known[version]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def change(self, known: Mapping[str, Questionnaire]) -> None:
        self._known = {version: known[version] for version in sorted(known)}


def edition_of(year: int) -> str:
    """The version that a new call of this year asks: the year's newest edition, else the newest of all."""
    known = versions()
    return max((name for name in known if name.startswith(str(year))), default=max(known, default=str(year)))


def codes_of(role: QuestionRole) -> tuple[str, ...]:
    """What the question of a role can be answered with, in any edition: entries of all of them are read together."""
    played = (questionnaire.by_role(role) for questionnaire in versions().values())
    return tuple(dict.fromkeys(code for question in played if question is not None for code in question.codes))


def version(name: str) -> Questionnaire:
    """A questionnaire by its version, such as `2027`."""
    usable, faulty = versions(), faults()
    if name in usable:
        return usable[name]
    path = HERE / f"{name}.yaml"
    if path.name in faulty:
        raise faulty[path.name]
    text = f"there is no questionnaire {name!r}: expected {', '.join(usable)}"
    raise QuestionnaireError(path, [Mistake(1, "version", text)])


def versions() -> Mapping[str, Questionnaire]:
    """The questionnaires that can be used, by version: drafts of earlier calls still need theirs. Those that come with
    the project, and those that were added since; the mapping has what is added later as well.
    """
    return _read_all()[0]


def built_in() -> frozenset[str]:
    """The versions of the files that come with the project, also of those that cannot be used."""
    return frozenset(path.stem for path in _files())


def add(added: Iterable[Questionnaire], faulty: Mapping[str, QuestionnaireError] = MappingProxyType({})) -> None:
    """Have published editions among the versions, and those that cannot be used among the faults. The project's own
    files come first: no edition takes the place of one.
    """
    editions, faults = _read_all()
    mine = {each.version: each for each in added if each.version not in built_in()}
    editions.change({**editions, **mine})
    faults.update(faulty)


def forget_added() -> bool:
    """Have only the project's own editions again. Whether there were others."""
    editions, faults = _read_all()
    files = {path.name for path in _files()}
    own = {version: editions[version] for version in editions if version in built_in()}
    odd = [name for name in faults if name not in files]
    changed = len(own) < len(editions) or bool(odd)
    editions.change(own)
    for name in odd:
        del faults[name]
    return changed


def faults() -> Mapping[str, QuestionnaireError]:
    """What is wrong with the files that cannot be used, by the name of the file, such as `2028.yaml`."""
    return _read_all()[1]


def _files() -> list[Path]:
    return sorted(each for each in HERE.iterdir() if each.suffix.lower() in SUFFIXES)


@cache
def _read_all() -> tuple[_Editions, dict[str, QuestionnaireError]]:
    usable: dict[str, Questionnaire] = {}
    faulty: dict[str, QuestionnaireError] = {}
    for path in _files():
        try:
            usable[path.stem] = _read(path)
        except QuestionnaireError as error:
            faulty[path.name] = error
    return _Editions(usable), faulty


def _read(path: Path) -> Questionnaire:
    """One of our own files. Its name and its version agree, so no two files are of one version."""
    if path.suffix != SUFFIXES[0]:
        raise QuestionnaireError(path, [Mistake(1, "", f"call the file {path.stem}{SUFFIXES[0]}")])
    try:
        questionnaire = load(path)
    except OSError as error:
        raise QuestionnaireError(path, [Mistake(1, "", error.strerror or "it cannot be read")]) from None
    mistake = misnamed(path, questionnaire)
    if mistake is not None:
        raise QuestionnaireError(path, [mistake])
    return questionnaire


def misnamed(path: Path, questionnaire: Questionnaire) -> Mistake | None:
    """The mistake of a file that is called after another version, as a copy is whose `version` was forgotten.

    A file of another folder may be called what one likes, unless it is called after a year.
    """
    ours = path.resolve().parent == HERE
    if path.stem == questionnaire.version or not (ours or path.stem[:4].isdigit()):
        return None
    return Mistake(1, "version", f'the file is called {path.name}, so write `version: "{path.stem}"`')


def load(path: Path) -> Questionnaire:
    """Read a questionnaire file. QuestionnaireError lists all its mistakes, each with its line, its field and
    what to do; OSError when the file cannot be read.
    """
    mistakes = Mistakes()
    source = open_source(path, mistakes)
    questionnaire = questionnaire_of(source) if source is not None else None
    if questionnaire is None or mistakes.found:
        raise QuestionnaireError(path, mistakes.found)
    return questionnaire


def questionnaire_of(source: Value) -> Questionnaire | None:
    """The questionnaire that a source describes. Mistakes are noted with the source: with any, it cannot be used."""
    read = read_questionnaire(source)
    judge(read)
    if read.version is None or not read.sections:
        return None
    sections = tuple(each.section for each in read.sections)
    by_id = {question.id: question for section in sections for question in section.questions}
    section_of = {question.id: section.id for section in sections for question in section.questions}
    ids = {question.role: question.id for question in by_id.values() if question.role is not None}
    more = (read.required_first, read.moves, read.carried)
    return Questionnaire(read.version, sections, (), by_id, section_of, read.lists, read.scopes, ids, *more)
