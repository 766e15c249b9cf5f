"""Countries by the names their States give themselves: taken, or asked about, and never another country."""

from __future__ import annotations

import pytest
from babel import Locale

from dialogs.answers.readers import Accepted, Uncertain
from dialogs.domain.messages import Country
from locales.words import Words
from tests.answers.asking import COUNTRIES, accepted, offered, reading

FORMS = {
    "en": ("Republic of {}", "the Republic of {}", "Kingdom of {}"),
    "fr": ("République de {}", "Royaume de {}"),
    "es": ("República de {}",),
    "ru": ("Республика {}", "Королевство {}"),
    "ar": ("جمهورية {}", "مملكة {}"),
    "zh": ("{}共和国", "{}王国"),
}


@pytest.mark.feature("N2")
@pytest.mark.parametrize("language", FORMS)
def test_a_formal_name_is_taken_or_asked_about_and_never_another_country(language: str) -> None:
    words, cldr = Words.ours(), Locale("zh_Hans" if language == "zh" else language).territories
    taken = asked = 0
    for option in COUNTRIES:
        names = {words.say(Country(option.code), language), str(cldr[option.code])}
        for name in (name for name in names if not name.endswith("国")):
            for form in FORMS[language]:
                outcome = reading("country", form.format(name), COUNTRIES)
                if isinstance(outcome, Accepted):
                    assert outcome.value == option.code, form.format(name)
                    taken += 1
                else:
                    assert isinstance(outcome, Uncertain) and option.code in outcome.candidates, form.format(name)
                    asked += 1
    assert asked < taken / 8


@pytest.mark.feature("N2")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Республика Замбия", "ZM"),
        ("جمهورية مالي", "ML"),
        ("the Slovak Republic", "SK"),
        ("古巴共和国", "CU"),
        ("Объединенные Арабские Эмираты", "AE"),
        ("تشيكيا", "CZ"),
        ("Arabia Saudita", "SA"),
        ("السعودية", "SA"),
        ("北韩", "KP"),
    ],
)
def test_names_that_people_and_lists_use_are_taken(text: str, code: str) -> None:
    assert accepted(reading("country", text, COUNTRIES)) == code


def test_a_slip_in_what_many_names_share_is_asked_about() -> None:
    assert "SM" in offered(reading("country", "Saint-Martin", COUNTRIES))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("South Africa, ET", ["ET", "ZA"]),
        ("ET, South Africa", ["ET", "ZA"]),
        ("Kenya, LA", ["KE", "LA"]),
        ("Kenya and ET", ["ET", "KE"]),
        ("Costa Rica, ET and South Africa", ["CR", "ET", "ZA"]),
        ("South Africa et Kenya", ["KE", "ZA"]),
        ("Royaume du Maroc, République du Kenya", ["KE", "MA"]),
        ("Королевство Марокко и Республика Куба", ["CU", "MA"]),
    ],
)
def test_a_code_that_means_and_is_a_code_where_it_stands_alone(text: str, codes: list[str]) -> None:
    assert sorted(accepted(reading("countries", text, COUNTRIES))) == codes
