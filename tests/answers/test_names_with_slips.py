"""Names in six languages with a letter wrong: right or asked at least 99 times in 100, never wrong in silence."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from dialogs.answers.readers import Accepted, Uncertain, read
from dialogs.matching.option import Option
from dialogs.matching.option_names import names_of
from dialogs.text.normalize import words_of
from tests.answers.asking import COUNTRIES, GOALS, LINES, ORGANISATIONS, context, names, question, vocabulary

LISTS = {"goals": GOALS, "lines": LINES, "organisations": ORGANISATIONS, "countries": COUNTRIES}

LETTERS = {
    "latin": "abcdefghijklmnopqrstuvwxyz",
    "cyrillic": "абвгдежзиклмнопрстуфхцчшщьыэюя",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "han": "的一是在不了有和人这中大为上个国我以要他",
}


def written(option: Option) -> Iterator[str]:
    """All names of an option in the six languages."""
    for key in option.keys:
        yield from names().get(key, ())


def slips(name: str, chance: random.Random) -> Iterator[str]:
    """The name with one letter left out, doubled, replaced by another, or exchanged with the next."""
    places = [at for at, letter in enumerate(name) if letter.isalpha()]
    if len(places) < 4:
        return
    at = chance.choice(places)
    other = chance.choice(LETTERS[script(name[at])])
    kinds = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] * 2 + name[at + 1 :],
        name[:at] + other + name[at + 1 :],
        name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
    )
    yield chance.choice(kinds)


def script(letter: str) -> str:
    if "\u0400" <= letter <= "\u04ff":
        return "cyrillic"
    if "\u0600" <= letter <= "\u06ff":
        return "arabic"
    return "han" if letter >= "\u2e80" else "latin"


@pytest.mark.feature("C8", "C9", "N2")
@pytest.mark.parametrize("which", LISTS)
def test_every_name_in_every_language_is_understood(which: str) -> None:
    options = LISTS[which]
    moment = context(options)
    for option in options:
        for name in written(option):
            outcome = read(question("one"), name, moment)
            shared = isinstance(outcome, Uncertain) and option.code in outcome.candidates
            assert shared or (isinstance(outcome, Accepted) and outcome.value == option.code), name


@pytest.mark.feature("C9", "N2")
@pytest.mark.parametrize("which", LISTS)
def test_a_slip_is_understood_or_asked_about_and_never_wrong_in_silence(which: str) -> None:
    options, chance = LISTS[which], random.Random(which)
    moment, exact = context(options), names_of(options, vocabulary()).exact
    score: Counter[str] = Counter()
    for option in options:
        for name in written(option):
            for slip in slips(name, chance):
                if words_of(slip) in exact and option.code not in exact[words_of(slip)]:
                    continue  # the slip is the name of something else: nobody could know
                outcome = read(question("one"), slip, moment)
                score[judged(outcome, option.code)] += 1
    assert score["wrong"] == 0
    assert score["right"] >= 0.99 * score.total(), score


def judged(outcome: object, code: str) -> str:
    """`right`: taken, or among those offered; `wrong`: something else taken; `lost`: not found."""
    if isinstance(outcome, Accepted):
        return "right" if outcome.value == code else "wrong"
    if isinstance(outcome, Uncertain):
        return "right" if code in outcome.candidates else "lost"
    return "lost"
