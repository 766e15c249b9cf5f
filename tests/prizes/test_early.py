"""Through the commands and the register's pages: nothing of the Prizes is seen by anybody before it is announced."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest
from openpyxl import load_workbook

from storage.engine.database import Database
from tests.prizes.test_season import made, reference
from tests.register.factory import keep
from tests.service import Service

PLACES = ("/register/en/{}", "/register/en/{}.json", "/register/en", "/api/v1/entries/{}", "/api/v1/entries")
WORDS = ("Winner of the WSIS Prizes", "winner", "nominated", "Nominated", "champion", "prize_text", "keep and pay for")


async def read(url: str) -> list[str]:
    pages = []
    async with aiohttp.ClientSession() as session:
        for place in PLACES:
            async with session.get(url + place.format(reference(1))) as answer:
                pages.append(await answer.text())
    return pages


@pytest.mark.feature("Z2")
@pytest.mark.feature("Z3")
async def test_a_winner_is_shown_once_it_is_announced(tmp_path: Path) -> None:
    service = Service(tmp_path)
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(lambda session: keep(session, made(1), made(19), made(2, prize_maturity=False)))
    await database.close()

    async def command(*words: str) -> str:
        code, out, errors = await service.command("prizes", *words)
        assert code == 0, errors
        return out

    async with service:
        await command("nominate", reference(1))
        await command("nominate", reference(19))
        code, _, errors = await service.command("prizes", "nominate", reference(2))
        assert code == 1 and "neither finished nor at the end of a phase" in errors
        await command(
            "packet", "--call", "2027", "--category", "2", "--output", str(tmp_path), "--leave-out", reference(19)
        )
        assert (tmp_path / "entries.pdf").read_bytes().startswith(b"%PDF")
        out = await command(
            "scores", str(tmp_path / "scores.xlsx"), "--call", "2027", "--category", "2", "--juror", "A"
        )
        assert out == "0 scores of A\n"
        await command("advance", reference(1), "--to", "champion")
        await command("advance", reference(1), "--to", "winner")
        for page in await read(service.url):
            assert [word for word in WORDS if word in page] == []
        assert f"2\t{reference(1)}\twinner" in await command("list", "--call", "2027")
        table = tmp_path / "winners.csv"
        words = ("list", "--call", "2027", "--step", "winner", "--language", "fr", "--output")
        assert await command(*words, str(table)) == "1 entries\n"
        said = table.read_text("utf-8-sig")
        assert f"winner,no,{reference(1)}" in said and "Organization 1,Kenya" in said
        assert "amina@lakenet.example" not in said, "contacts are asked for by name"
        book = str(tmp_path / "winners.xlsx")
        assert await command(*words, book, "--contacts", "--format", "xlsx") == "1 entries\n"
        cells = [cell.value for cell in load_workbook(book).worksheets[0][2]]
        assert cells[-2:] == ["Amina Otieno", "amina@lakenet.example"]
        code, _, errors = await service.command("prizes", "announce", "--call", "2027", "--step", "winner")
        assert code == 4, "it is asked before"
        await command("announce", "--call", "2027", "--step", "winner", "--yes")
        assert "Winner of the WSIS Prizes" in (await read(service.url))[0]
