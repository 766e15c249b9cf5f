"""Typed choices: any language, code, number or flag; what is unsure is offered back, never picked in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers.readers import Accepted, Uncertain, check
from dialogs.domain.messages import M, Message
from dialogs.matching.option import Option
from dialogs.questionnaire.options import every_option
from dialogs.questionnaire.source import loader
from tests.answers.asking import (
    COUNTRIES,
    GOALS,
    LANGUAGES,
    LINES,
    ORGANISATIONS,
    YES_NO,
    accepted,
    context,
    names,
    offered,
    question,
    reading,
    refused,
    targets,
)

GOALS_TYPED = [
    ("3", ["3"]),
    ("٣", ["3"]),
    ("SDG 3", ["3"]),
    ("sdg3", ["3"]),
    ("SDG #3", ["3"]),
    ("ODS 3", ["3"]),
    ("ODD n° 3", ["3"]),
    ("ЦУР 3", ["3"]),
    ("الهدف ٣", ["3"]),
    ("目标3", ["3"]),
    ("goal 3", ["3"]),
    ("3. Good health and well-being", ["3"]),
    ("good health and wellbeing", ["3"]),
    ("SALUD Y BIENESTAR", ["3"]),
    ("3, 4 and 9", ["3", "4", "9"]),
    ("3 4 9", ["3", "4", "9"]),
    ("9;4/3", ["3", "4", "9"]),
    ("SDG 3 and SDG 9", ["3", "9"]),
    ("ODS 3 y 9", ["3", "9"]),
    ("ODD 3 et 9", ["3", "9"]),
    ("ЦУР 3 и 9", ["3", "9"]),
    ("الهدف ٣ و٩", ["3", "9"]),
    ("目标3和9", ["3", "9"]),
    ("3、9", ["3", "9"]),
    ("1. SDG 9\n2. SDG 3", ["3", "9"]),
    ("- zero hunger\n- Éducation de qualité", ["2", "4"]),
    ("التعليم الجيد والقضاء على الفقر", ["1", "4"]),
    ("Industry, innovation and infrastructure, no poverty", ["1", "9"]),
    ("3 3 3", ["3"]),
]

LINES_TYPED = [
    ("C2", ["C2"]),
    ("c 2", ["C2"]),
    ("2", ["C2"]),
    ("С2", ["C2"]),
    ("action line C2", ["C2"]),
    ("línea C2", ["C2"]),
    ("C2, C7 e-health", ["C2", "C7-ehea"]),
    ("C7-ehea", ["C7-ehea"]),
    ("c7 ehea", ["C7-ehea"]),
    ("c7ehea", ["C7-ehea"]),
    ("e-health", ["C7-ehea"]),
    ("C7", ["C7"]),
    ("C10 C11", ["C10", "C11"]),
    ("C1 and 1", ["C1"]),
]

COUNTRIES_TYPED = [
    ("Kenya", ["KE"]),
    ("kenya.", ["KE"]),
    ("КЕНИЯ", ["KE"]),
    ("肯尼亚", ["KE"]),
    ("كينيا", ["KE"]),
    ("KE", ["KE"]),
    ("ken", ["KE"]),
    ("🇰🇪", ["KE"]),
    ("🇰🇪🇺🇬", ["KE", "UG"]),
    ("Kenya & Uganda", ["KE", "UG"]),
    ("Kenya, Uganda and Rwanda", ["KE", "RW", "UG"]),
    ("Trinidad and Tobago and Kenya", ["KE", "TT"]),
    ("Bosnia and Herzegovina, Kenya", ["BA", "KE"]),
    ("São Tomé e Príncipe", ["ST"]),
    ("Côte d'Ivoire et le Mali", None),
    ("cote divoire et Mali", ["CI", "ML"]),
    ("Guinea, Guinea-Bissau, Equatorial Guinea", ["GN", "GQ", "GW"]),
    ("Niger and Nigeria", ["NE", "NG"]),
    ("ET", ["ET"]),
    ("Kenya et ET", None),
    ("UK", ["GB"]),
    ("USA", ["US"]),
    ("Кения и Уганда", ["KE", "UG"]),
    ("كينيا وأوغندا", ["KE", "UG"]),
    ("肯尼亚和乌干达", ["KE", "UG"]),
]


@pytest.mark.feature("Q5", "C8", "N2")
@pytest.mark.parametrize(("text", "codes"), GOALS_TYPED)
def test_goals_are_understood_by_number_and_name(text: str, codes: list[str]) -> None:
    assert accepted(reading("several", text, GOALS)) == codes


@pytest.mark.feature("Q5", "C7", "C8")
@pytest.mark.parametrize(("text", "codes"), LINES_TYPED)
def test_action_lines_are_understood_by_code_and_name(text: str, codes: list[str]) -> None:
    assert sorted(accepted(reading("several", text, LINES))) == sorted(codes)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("français, pulaar", ["fr", "ff"]),
        ("Fulfulde, wolof", ["ff", "wo"]),
        ("Kiswahili, isiZulu", ["sw", "zu"]),
        ("الفلانية", ["ff"]),
        ("фарси, суахили", ["sw", "fa"]),
    ],
)
def test_languages_are_known_by_what_their_speakers_and_neighbours_call_them(text: str, codes: list[str]) -> None:
    asked = loader.version("2027b").by_id["service_languages"]
    assert accepted(reading("several", text, every_option(asked))) == codes


@pytest.mark.feature("Q4", "C7", "C8", "C9")
@pytest.mark.parametrize(("text", "codes"), [row for row in COUNTRIES_TYPED if row[1]])
def test_countries_are_understood_by_name_code_and_flag(text: str, codes: list[str]) -> None:
    assert accepted(reading("countries", text, COUNTRIES)) == codes


@pytest.mark.feature("Q4", "C7")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("GOV", "GOV"), ("government", "GOV"), ("1", "GOV"), ("٢", "INT"), ("no. 3", "BUS"), ("(4)", "CSO")),
        *(("Société civile", "CSO"), ("societe civile", "CSO"), ("منظمه دوليه", "INT"), ("政府", "GOV")),
    ],
)
def test_one_of_a_list_is_understood_by_name_code_and_place(text: str, code: str) -> None:
    assert accepted(reading("one", text, ORGANISATIONS)) == code


@pytest.mark.feature("Q4", "C9")
@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("gov", ORGANISATIONS[1:], None),
        ("goverment", ORGANISATIONS, "GOV"),
        ("acad", ORGANISATIONS, "ACA"),
        ("keyna", COUNTRIES, "KE"),
        ("KE UG", COUNTRIES, "UG"),
        ("S. Korea", COUNTRIES, "KR"),
        ("congo", COUNTRIES, "CD"),
        ("Korea", COUNTRIES, "KP"),
        ("Ugnda", COUNTRIES, "UG"),
        ("e-helth", LINES, "C7-ehea"),
        ("C7 helth", LINES, "C7-ehea"),
        ("hungr", GOALS, "2"),
    ],
)
def test_a_near_miss_is_offered_back(text: str, options: tuple[Option, ...], expected: str | None) -> None:
    outcome = reading("one", text, options)
    if expected is None:
        assert not isinstance(outcome, Accepted)
    elif isinstance(outcome, Accepted):
        assert outcome.value == expected
    else:
        assert expected in offered(outcome)
        assert len(offered(outcome)) <= 3


@pytest.mark.feature("C9")
def test_a_long_name_with_one_slip_and_no_rival_is_taken() -> None:
    assert accepted(reading("several", "good helth and well-being", GOALS)) == ["3"]


@pytest.mark.feature("C9")
def test_what_is_certain_is_kept_while_the_rest_is_asked() -> None:
    assert reading("countries", "Kenya, Ugnda", COUNTRIES) == Uncertain(("UG",), ("KE",))


@pytest.mark.feature("Q4")
def test_two_names_where_one_is_wanted_are_offered_back() -> None:
    assert offered(reading("one", "government, academia", ORGANISATIONS)) == ("GOV", "ACA")


@pytest.mark.feature("C8")
@pytest.mark.parametrize("text", ["20", "0", "99999999999", "3.5", "1-3", "C1-C3", "not 3", "all but 4", ""])
def test_what_cannot_be_certain_is_never_taken_for_goals(text: str) -> None:
    assert not isinstance(reading("several", text, GOALS), Accepted)


@pytest.mark.feature("C9")
@pytest.mark.parametrize("text", ["perhaps C2 some day", "not C2", "everything but C2", "line C2 (networks)"])
def test_a_code_among_other_words_is_offered_back(text: str) -> None:
    assert offered(reading("several", text, LINES)) == ("C2",)


@pytest.mark.feature("Q5", "N2")
@given(
    st.lists(st.sampled_from([f"goal.{number}" for number in range(1, 18)]), min_size=1, max_size=5, unique=True),
    st.sampled_from([", ", "; ", " / ", "\n", "、", "، ", " & "]),
    st.sampled_from(LANGUAGES),
)
def test_goals_by_name_in_one_message_are_all_understood(keys: list[str], between: str, language: str) -> None:
    text = between.join(names()[key][LANGUAGES.index(language)] for key in keys)
    expected = sorted((key.removeprefix("goal.") for key in keys), key=int)
    assert accepted(reading("several", text, GOALS)) == expected


@pytest.mark.feature("Q5")
@given(
    st.lists(st.integers(1, 17), min_size=1, max_size=6, unique=True),
    st.sampled_from([", ", ",", " ", " and ", " y ", " et ", " и ", " و", "和", "、", "\n"]),
    st.sampled_from(["", "SDG ", "ODS", "ЦУР ", "目标", "#"]),
)
def test_goals_by_number_in_one_message_are_all_understood(numbers: list[int], between: str, prefix: str) -> None:
    text = between.join(f"{prefix}{number}" for number in numbers)
    assert accepted(reading("several", text, GOALS)) == [str(number) for number in sorted(numbers)]


@pytest.mark.feature("C9")
def test_a_code_that_is_also_a_word_is_asked_about() -> None:
    assert offered(reading("country", "no", COUNTRIES)) == ("NO",)
    assert accepted(reading("country", "Norway", COUNTRIES)) == "NO"


@pytest.mark.feature("C12")
def test_the_piece_that_is_unknown_is_named() -> None:
    message = refused(reading("several", "blockchain, metaverse, SDG 3", GOALS))
    assert (message.key, message.values["text"]) == ("reading.several.piece_unknown", "blockchain")


@pytest.mark.feature("U12")
def test_what_was_understood_is_kept_beside_a_piece_that_is_unknown() -> None:
    assert reading("several", "SDG 3, blockchain", GOALS) == Uncertain((), ("3",), "blockchain")
    assert reading("countries", "Kenya, Ugnda, Atlantis", COUNTRIES).understood == ("KE",)  # type: ignore[union-attr]


@pytest.mark.feature("C12")
def test_an_unknown_choice_is_told_how_to_answer() -> None:
    message = refused(reading("one", "qqqqq", ORGANISATIONS))
    assert (message.key, message.count) == ("reading.choice.unknown", 6)
    assert message.values["example"] == ORGANISATIONS[0].label


def test_a_place_in_the_list_means_nothing_among_countries() -> None:
    assert refused(reading("country", "3", COUNTRIES)).key == "reading.country.unknown"


def test_a_line_that_is_not_offered_is_not_a_place_in_the_list() -> None:
    chosen = tuple(option for option in LINES if option.code in ("C2", "C5", "C7-ehea"))
    assert not isinstance(reading("one", "1", chosen), Accepted)
    assert accepted(reading("one", "5", chosen)) == "C5"
    assert accepted(reading("one", "C7", chosen)) == "C7-ehea"


def test_applications_of_c7_are_counted_by_their_place() -> None:
    parts = tuple(option for option in LINES if option.code.startswith("C7-"))
    assert accepted(reading("several", "1, 2", parts)) == [parts[0].code, parts[1].code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("9.c", ["9.c"]),
        ("9c", ["9.c"]),
        ("target 9.1", ["9.1"]),
        ("9.1, 9.c", ["9.1", "9.c"]),
        ("9.1 9.2", ["9.1", "9.2"]),
    ],
)
@pytest.mark.feature("Q5")
def test_targets_are_understood_by_their_code(text: str, codes: list[str]) -> None:
    assert accepted(reading("several", text, targets(9))) == codes


def test_a_number_that_is_a_place_and_a_target_is_asked_about() -> None:
    some = tuple(option for option in targets(9) if option.code in ("9.3", "9.5", "9.1"))
    assert set(offered(reading("several", "3", some))) == {"9.3", "9.5"}


@pytest.mark.feature("Q5", "C12")
def test_too_many_choices_are_told_the_limit() -> None:
    message = refused(reading("several", "1, 2, 3", GOALS, max=2))
    assert (message.key, message.count, message.values["chosen"]) == ("reading.several.too_many", 2, 3)
    assert check(question("several", min=2), ["1"], context(GOALS)) is not None
    assert check(question("several"), [], context(GOALS)) is not None
    assert check(question("several"), ["1", "99"], context(GOALS)) is not None


@pytest.mark.feature("Q6")
def test_an_exclusive_option_stands_alone() -> None:
    options = (
        *(Option("a", "Schools"), Option("b", "Clinics")),
        Option("none", "None of these", exclusive=True),
    )
    assert accepted(reading("several", "None of these", options)) == ["none"]
    assert refused(reading("several", "Schools, none of these", options)).key == "reading.several.exclusive"
    assert check(question("several"), ["a", "none"], context(options)) is not None
    assert check(question("several"), ["a", "b"], context(options)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        ("Oui !", True),
        ("ДА", True),
        ("نعم", True),
        ("1", True),
        ("👍", True),
        ("No.", False),
        ("2", False),
    ],
)
def test_yes_and_no_are_understood(text: str, value: bool) -> None:
    assert accepted(reading("yes_no", text, YES_NO)) is value


@pytest.mark.parametrize(
    "text",
    [
        "yes and no",
        "yes, if I must",
        "no problem",
        "perhaps",
        "",
        "3",
        "not yes",
        "ok google",
        "I see books, ok, and so on",
    ],
)
def test_consent_is_never_read_into_other_words_and_no_guess_is_offered(text: str) -> None:
    assert refused(reading("yes_no", text, YES_NO)).key == "reading.yes_no.unclear"


def test_options_that_share_a_name_are_both_offered() -> None:
    options = (Option("x", Message("goal.4")), Option("y", Message("goal.4")), Option("z", M("choice.no")))
    assert offered(reading("one", "quality education", options)) == ("x", "y")
