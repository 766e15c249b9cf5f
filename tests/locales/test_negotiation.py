"""Which language somebody is spoken to in who has not chosen one."""

from __future__ import annotations

import pytest

from locales.negotiation import of_header, of_zone

OFFERED = ("ar", "en", "es", "fr", "ru", "zh")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        *(("uk,ru;q=0.8,en;q=0.7", "ru"), ("sw,fr;q=0.9", "fr"), ("en-GB,en;q=0.9", "en"), ("de", None)),
        *(("en;q=0.5, fr;q=0.9", "fr"), ("fr;q=0, en;q=0.1", "en"), ("pt-BR,en;q=0.3", "es"), ("*", None)),
        *(("zh-Hant-TW", "zh"), ("FR-ca , en ; q = 0.5", "fr"), ("fr;q=0", None), ("fr-CH;q=0.4,*;q=0.9", "fr")),
        *(("", None), (";;;,,,", None), ("x" * 10_000, None), (",".join(["sw"] * 5_000), None)),
    ],
)
def test_a_browsers_languages_count_by_their_weights(header: str, language: str | None) -> None:
    assert of_header(header, OFFERED) == language


@pytest.mark.parametrize(
    ("zone", "language"),
    [
        *(("Africa/Dakar", "fr"), ("Asia/Almaty", "ru"), ("America/Lima", "es"), ("Africa/Cairo", "ar")),
        *(("Asia/Shanghai", "zh"), ("Africa/Nairobi", "en"), ("Nowhere/At_All", None), (None, None)),
    ],
)
def test_where_no_language_is_known_the_clock_is_a_hint(zone: str | None, language: str | None) -> None:
    assert of_zone(zone, OFFERED) == language
