"""Names stand in the order in which readers look for them: CLDR's, as another implementation has it."""

from __future__ import annotations

import unicodedata

import pytest

from dialogs.domain.events import Chose
from dialogs.domain.messages import Country
from dialogs.knowledge import countries
from dialogs.knowledge.countries import MEMBERS
from locales.sorting import HANZI
from tests.driver import WORDS
from tests.locales.reading import at_question
from tests.web import chromium

LANGUAGES = pytest.mark.parametrize("language", WORDS.languages)
COLLATED = "([language, names]) => names.sort(new Intl.Collator(language).compare)"


@pytest.mark.browser
async def test_countries_are_in_the_order_of_icu_in_every_language() -> None:
    if chromium.find() is None:
        pytest.skip(chromium.MISSING)
    async with chromium.open_chromium() as browser:
        page = await browser.new_page()
        for language in WORDS.languages:
            ours = [WORDS.say(each, language) for each in WORDS.in_order(map(Country, MEMBERS), language)]
            assert await page.evaluate(COLLATED, [language, ours[::-1]]) == ours, language


def test_every_chinese_name_of_a_country_has_its_place() -> None:
    names = "".join(WORDS.say(Country(code), "zh") for code in MEMBERS)
    assert {c for c in names if unicodedata.category(c) == "Lo"} <= set(HANZI)


@LANGUAGES
@pytest.mark.feature("Q7")
def test_the_countries_of_a_region_are_listed_in_the_readers_order(language: str) -> None:
    walker = at_question(language, "org_country")
    walker.play(Chose(".browse", walker.screens[-1].stamp, walker.at))
    screen = walker.play(Chose(".region:AFR", walker.screens[-1].stamp, walker.at))
    shown: list[str] = []
    for page in range(1, 10):
        shown += [choice.code for row in screen.rows for choice in row if not choice.code.startswith(".")]
        if screen.choice(f".page:{page}") is None:
            break
        screen = walker.play(Chose(f".page:{page}", screen.stamp, walker.at))
    assert len(shown) > 40
    assert [Country(code) for code in shown] == WORDS.in_order(map(Country, countries.members_of("AFR")), language)
