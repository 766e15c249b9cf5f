"""Of who asked to be forgotten in Telegram, whose app tells a name, a number is left."""

from __future__ import annotations

import pytest

from storage.tables import PersonRow
from tests.driver import ON_ONE_ENGINE, Stage
from tests.samples import answer_until


@ON_ONE_ENGINE
@pytest.mark.feature("H5", "N22")
async def test_neither_name_nor_place_nor_agreement_stays_in_the_row(stage: Stage) -> None:
    vera = stage.person("500", channel="telegram", called="Vera Zephyrine")
    await answer_until(vera, "org_name")
    before = await stage.database.read(lambda session: session.get_one(PersonRow, 1))
    assert before.name == "Vera Zephyrine"
    assert before.consent
    await vera.does("forget")
    await vera.taps("forget")
    row = await stage.database.read(lambda session: session.get_one(PersonRow, 1))
    assert row.forgotten
    assert (row.name, row.zone, row.country, row.consent) == ("", None, None, None)
    assert "Zephyrine" not in str(row.state)
    assert (row.language, row.language_chosen, row.news, row.declined_call) == ("en", False, False, None)
