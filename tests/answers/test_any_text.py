"""Whatever is typed, every kind of question answers it; what it accepts, it finds right when it looks again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.answers.readers import Accepted, Doubtful, Uncertain, check, read
from dialogs.domain.questionnaire import QuestionKind
from dialogs.matching.option import Option
from tests.answers.asking import COUNTRIES, GOALS, LANGUAGES, LINES, YES_NO, context, question

OPTIONS: dict[QuestionKind, tuple[Option, ...]] = {
    QuestionKind.ONE: LINES,
    QuestionKind.SEVERAL: GOALS,
    QuestionKind.YES_NO: YES_NO,
    QuestionKind.COUNTRY: COUNTRIES[:40],
    QuestionKind.COUNTRIES: COUNTRIES[:40],
}

PIECES = st.sampled_from(
    [
        *(
            "C7",
            "c",
            "7",
            "SDG",
            "3",
            "9.c",
            ",",
            " ",
            "و",
            "and",
            "和",
            "٣",
            "2015",
            "/",
            "-",
            ".",
            "March",
            "年",
            "月",
        ),
        *(
            "@",
            "gmail.com",
            "http://",
            "Kenya",
            "🇰🇪",
            "🇰",
            "million",
            "1,234",
            "²",
            "\u202e",
            "\ud83d",
            "health",
            "yes",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map("".join))


@pytest.mark.parametrize("kind", list(QuestionKind))
@settings(max_examples=150, deadline=None)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_any_text_is_answered(kind: QuestionKind, text: str, language: str) -> None:
    options = OPTIONS.get(kind, ())
    asked, moment = question(kind, max_chars=50, max=10), context(options, language)
    outcome = read(asked, text, moment)
    if isinstance(outcome, Accepted | Doubtful):
        assert check(asked, outcome.value, moment) is None
    if isinstance(outcome, Doubtful):
        assert check(asked, outcome.better, moment) is None
    if isinstance(outcome, Uncertain):
        codes = {option.code for option in options}
        assert 1 <= len(outcome.candidates) <= 3 or (outcome.unknown and outcome.understood)
        assert {*outcome.candidates, *outcome.understood} <= codes
        assert not {*outcome.candidates} & {*outcome.understood}


@pytest.mark.parametrize("kind", list(QuestionKind))
@pytest.mark.parametrize("value", [None, "", "nonsense", 3, True, [], ["nonsense"], {}])
def test_any_stored_value_can_be_looked_at_again(kind: QuestionKind, value: object) -> None:
    message = check(question(kind), value, context(OPTIONS.get(kind, ())))
    assert message is None or message.key.startswith("reading.")
