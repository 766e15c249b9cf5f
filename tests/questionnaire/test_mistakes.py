"""Every mistake in a questionnaire file is found, with its line and what to do; all at once."""

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.questionnaire.source import loader
from dialogs.questionnaire.source.loader import QuestionnaireError, load
from dialogs.questionnaire.source.yaml_source import Mistake

SOUND = (loader.HERE / "2027.yaml").read_text()


class Slip(NamedTuple):
    """Someone's edit of the file: `old` becomes `new`; the mistake shows on the line that holds `at`."""

    promise: str
    old: str
    new: str
    at: str
    field: str
    says: str


SLIPS = [Slip(**slip) for slip in yaml.safe_load((Path(__file__).parent / "slips.yaml").read_text())]


def tried(text: str, folder: Path) -> QuestionnaireError:
    path = folder / "edited.yaml"
    path.write_text(text)
    with pytest.raises(QuestionnaireError) as caught:
        load(path)
    return caught.value


@pytest.mark.feature("Q16", "O7")
@pytest.mark.parametrize("slip", SLIPS, ids=[slip.promise.replace(" ", "_") for slip in SLIPS])
def test_a_slip_is_found_with_its_line_and_its_remedy(slip: Slip, tmp_path: Path) -> None:
    assert slip.old in SOUND, "the file has changed: adapt this slip"
    text = SOUND.replace(slip.old, slip.new, 1)
    line = text[: text.index(slip.at)].count("\n") + 1
    mistakes = tried(text, tmp_path).mistakes
    found = [m for m in mistakes if m.line == line and m.field == slip.field and slip.says in m.text]
    assert found, "\n".join(map(str, mistakes)) + f"\nexpected line {line}, {slip.field}: ... {slip.says}"


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SOUND.replace("kind: email", "kind: mail").replace("{status: {is: completed}}", "{state: {is: done}}")
    error = tried(text.replace("options: beneficiaries", "options: people"), tmp_path)
    assert [mistake.field for mistake in error.mistakes] == [
        "contact_email.kind",
        "end_date.ask_if.state",
        "beneficiaries.options",
    ]
    assert all(f"line {mistake.line}, {mistake.field}: " in str(error) for mistake in error.mistakes)


def test_a_mistake_in_one_question_is_told_once_though_others_name_it(tmp_path: Path) -> None:
    error = tried(SOUND.replace("id: lines\n        kind: several", "id: lines\n        kind: severall"), tmp_path)
    assert [mistake.field for mistake in error.mistakes] == ["lines.kind"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"- a\n- b\n", "expected names with values"),
        (b"version: 1\nsections: none\n", "expected a list"),
        (b"version: 1\nsections: [1, 2]\n", "expected names with values"),
        (b"version: [1]\nsections: []\n", "expected a text"),
        (b"version: 1\x00\nsections: []\n", "no YAML"),
        (b"version: &a 1\nsections: *b\n", "no YAML"),
        (b"version: 1\nsections: !!python/object:os.system []\n", "cannot be used"),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused_in_words(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(QuestionnaireError, match=says):
        load(path)


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.yaml")


def test_an_unknown_version_names_those_there_are() -> None:
    with pytest.raises(QuestionnaireError, match="2027"):
        loader.version("1999")


@st.composite
def edited(draw: st.DrawFn) -> str:
    """The sound file after a few blind edits: lines lost, doubled or shifted, characters put in."""
    lines = SOUND.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        column = draw(st.integers(0, len(lines[at])))
        put = draw(st.text("abcis{}[]:,-&*!#'\"|>?%@` \t\n019", max_size=6))
        edits = [lines[at][:column] + put + lines[at][column:], lines[at][column:], put + lines[at], "", lines[at] * 2]
        lines[at] = draw(st.sampled_from(edits))
    return "\n".join(lines)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edited())
def test_whatever_is_done_to_the_file_it_loads_or_tells_its_mistakes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "edited.yaml"
    path.write_text(text)
    mistakes = mistakes_of(path)
    assert mistakes is None or mistakes
    assert all(1 <= mistake.line <= text.count("\n") + 2 for mistake in mistakes or ())


def mistakes_of(path: Path) -> tuple[Mistake, ...] | None:
    """None: the file is sound."""
    try:
        load(path)
    except QuestionnaireError as error:
        return error.mistakes
    return None
