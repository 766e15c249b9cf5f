"""An announcement that reaches people in the middle of an entry: what they then type or tap answers their question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.announcements.announcers import compose, copies, launch, served
from tests.botapi import BotApi
from tests.samples import ANSWERS
from tests.telegram.walking import answer_until, open_question

OPEN = "The call is open"


@pytest.mark.feature("C19")
async def test_an_announcement_in_the_middle_of_a_question_breaks_no_answer(server: BotApi, tmp_path: Path) -> None:
    olga, anna, ben = (server.person(name) for name in ("Olga", "Anna", "Ben"))
    async with served(server, tmp_path, rate=30) as service:
        await olga.gets(olga.starts())
        await answer_until(anna, ANSWERS, "contact_role")
        await answer_until(ben, ANSWERS, "org_type")
        asked = ben.shown[-1]
        await compose(olga, en=OPEN)
        await launch(olga)
        for reader in (anna, ben):
            await reader.waits(lambda person: OPEN in person.last)
        await anna.gets(anna.says(ANSWERS["contact_role"]))
        assert open_question(anna) == "contact_email"
        await ben.gets(ben.taps("Government", asked))
        assert open_question(ben) not in ("", "org_type")
        assert copies(anna, OPEN) == copies(ben, OPEN) == 1
    assert "Traceback" not in service.log, service.log
