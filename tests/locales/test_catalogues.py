"""The catalogues we ship: complete, flawless, and in step with the code."""

from __future__ import annotations

import pytest

from dialogs.domain.messages import Message
from locales.tools.inspection import inspect
from locales.tools.pseudo_locale import LANGUAGE
from locales.tools.samples import sample
from locales.tools.sync_catalogues import everything_said, missing_in_english, unused_in_english
from locales.words import HERE, Words


@pytest.mark.feature("I1", "I6", "N21")
@pytest.mark.parametrize("language", Words.ours().languages)
def test_nothing_is_wrong_with_a_language(language: str) -> None:
    assert [str(finding) for finding in inspect(Words.ours()) if finding.language == language] == []


def test_english_has_every_text_that_code_says() -> None:
    assert list(missing_in_english(HERE, everything_said())) == []


def test_english_has_no_text_that_nothing_says() -> None:
    assert list(unused_in_english(HERE, everything_said())) == []


@pytest.mark.feature("N21")
def test_every_message_can_be_made_foreign_and_keeps_its_values() -> None:
    words = Words.ours().pseudo()
    for key in words.keys("en"):
        forms = words.forms(LANGUAGE, key)
        assert all(form.startswith("⟦") and form.endswith("⟧") for form in forms)
        message = Message(key, {name: sample(name) for name in ("name", "count")}, 3)
        assert words.say(message, LANGUAGE)
