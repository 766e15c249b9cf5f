"""Next year's questionnaire may be half edited: what runs now does not stop for it, and is not served by it either."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.service import FromNothing

ROOT = Path(__file__).parents[2]
SOUND = (ROOT / "dialogs/questionnaire/2027.yaml").read_text()
FORGOTTEN = SOUND
"""A copy in which nobody has written the new year yet."""
MISTAKEN = SOUND.replace('version: "2027"', 'version: "2028"').replace("kind: url", "kind: uri", 1)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's own files, in a folder where its questionnaires can be edited."""
    folder = tmp_path_factory.mktemp("program")
    for name in ("bot", "dialogs", "locales", "storage"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def questionnaires(program: Path) -> Iterator[Path]:
    """The folder of the questionnaires; whatever a test puts there goes when it ends."""
    folder = program / "dialogs/questionnaire"
    before = {path: path.read_bytes() for path in folder.glob("*.yaml")}
    yield folder
    for path in folder.glob("*.y*ml"):
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)


def edited(tmp_path: Path, questionnaires: Path) -> FromNothing:
    return FromNothing(tmp_path, root=questionnaires.parents[1])


@pytest.mark.feature("S15")
async def test_a_faulty_file_that_nobody_uses_is_named_and_stops_neither_the_service_nor_a_conversation(
    tmp_path: Path, questionnaires: Path
) -> None:
    (questionnaires / "2028.yaml").write_text(FORGOTTEN)
    (questionnaires / "2029.yaml").write_text(MISTAKEN.replace('"2028"', '"2029"'))
    (questionnaires / "2027.yml").write_text(SOUND)
    async with edited(tmp_path, questionnaires) as service:
        async with aiohttp.ClientSession() as session, session.get(f"{service.url}/chat") as page:
            assert page.status == 200
            assert "WSIS Stocktaking" in await page.text()
        warnings = [line for line in service.log.splitlines() if "cannot be used" in line]
        assert [name for line in warnings for name in ("2027.yml", "2028.yaml", "2029.yaml") if name in line] == [
            *("2027.yml", "2028.yaml", "2029.yaml"),
        ]
    for words in (("doctor",), ("questionnaire", "lint")):
        code, out, errors = await service.command(*words)
        assert code == 1, errors
        assert "2028.yaml" in out
        assert 'write `version: "2028"`' in out
        assert "uri" in out
        assert "2027.yml" in out
    code, out, _ = await service.command("questionnaire", "lint", "--file", str(questionnaires / "2028.yaml"))
    assert code == 1
    assert 'write `version: "2028"`' in out


@pytest.mark.feature("S15")
@pytest.mark.parametrize("token", ["", "123456:NotUsedHere"])
async def test_a_faulty_file_that_a_call_is_on_stops_the_start_with_one_line(
    tmp_path: Path, questionnaires: Path, token: str
) -> None:
    settings = {"telegram_token": token, "telegram_api_url": "http://127.0.0.1:9"} if token else {}
    service = FromNothing(tmp_path, root=questionnaires.parents[1], **settings)
    (questionnaires / "2028.yaml").write_text(SOUND.replace('version: "2027"', 'version: "2028"'))
    opens, closes = ("--opens", "2027-10-04 09:00"), ("--closes", "2028-03-01")
    code, _, errors = await service.command("calls", "create", "2028", *opens, *closes)
    assert code == 0, errors
    (questionnaires / "2028.yaml").write_text(MISTAKEN)
    for words in (("run",), ("chat",)) if not token else (("run",),):
        code, out, errors = await service.command(*words)
        assert (code, out) == (1, "")
        assert len(errors.splitlines()) == 1
        assert "2028.yaml" in errors
        assert "call 2028" in errors
    code, _, errors = await service.command("calls", "describe", "2028", "--questionnaire", "2027")
    assert code == 0, errors  # the way out, beside mending the file
