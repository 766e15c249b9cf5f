"""The other commands, each as a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from storage.engine.database import Database
from tests.activities import ACTIVITIES, Walk
from tests.botapi import BotApi
from tests.driver import Clock, Stage
from tests.service import FromNothing, Service, free_port

ROOT = Path(__file__).parents[2]


async def talk(service: Service, *lines: str) -> str:
    """`stocktaking chat` with these lines typed; all that was shown."""
    await service.in_season()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli.main", "chat", "--as", "anna"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=service.environment,
        cwd=ROOT,
    )
    out, errors = await process.communicate("".join(f"{line}\n" for line in lines).encode())
    assert process.returncode == 0, errors.decode()
    return out.decode()


@pytest.mark.feature("O5")
async def test_a_whole_entry_is_made_in_a_terminal(command: Service, database_folder: Path) -> None:
    activity = ACTIVITIES["x_road"]
    shown = await talk(command, *await typed(activity.key, database_folder), "Send my entry", "/drafts")
    assert "Please check your answers" in shown
    assert "-000001" in shown
    code, out, errors = await command.command("entries", "export")
    assert code == 0, errors
    activity.is_exported(json.loads(out)[0])


async def test_who_comes_back_to_the_terminal_is_at_the_same_question(command: Service) -> None:
    before = await talk(command, "English", "/new", "yes", "new", "Anna Otieno")
    after = await talk(command)
    assert before.split("\n\n")[-2].strip() == after.strip()
    assert "Anna" not in after


@pytest.fixture
async def database_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rehearsal"
    folder.mkdir()
    return folder


async def typed(key: str, folder: Path) -> list[str]:
    """All that is typed for an activity, from a rehearsal over the machine itself."""
    database = await Database.open(f"sqlite:///{folder}/rehearsal.sqlite3")
    anna, walk = Stage(database, Clock()).person("anna"), Walk(ACTIVITIES[key])
    said = ["English", "/new"]
    await anna.does("new")
    while anna.question != "review":
        said.append(walk.says(anna.question))
        await anna.says(said[-1])
    await database.close()
    return said


async def test_the_questionnaire_is_shown_as_data(command: Service) -> None:
    code, out, _ = await command.command("questionnaire", "show", "--format", "json", "--language", "fr")
    assert code == 0
    shown = json.loads(out)
    assert shown["version"] == "2027b", "the newest is shown"
    assert len(shown["sections"]) == 13
    questions = {question["id"]: question for section in shown["sections"] for question in section["questions"]}
    assert questions["description"]["limits"] == {"min_words": 30, "max_words": 200}
    assert {"code": "C7-ehea", "label": "Télésanté"} in questions["sublines"]["options"]
    assert questions["sublines"]["ask_if"] == {"lines": {"includes": "C7"}}
    assert {"code": "KE", "label": "Kenya"} in questions["org_country"]["options"]
    assert all(question["kind"] and question["text"] for question in questions.values())


async def test_the_questionnaire_is_shown_for_reading(command: Service) -> None:
    code, english, _ = await command.command("questionnaire", "show")
    assert code == 0
    assert "start_date (date, required, not_before 1945-01)" in english
    assert "C7-ehea: E-health" in english
    _, french, _ = await command.command("questionnaire", "show", "--language", "fr")
    assert french != english


@pytest.mark.feature("O7")
async def test_the_linter_ends_with_0_for_ours_and_1_with_the_place_of_a_mistake(
    command: Service, tmp_path: Path
) -> None:
    code, out, errors = await command.command("questionnaire", "lint")
    assert (code, out) == (0, "The questionnaire is sound.\n"), errors
    ours = (ROOT / "dialogs" / "questionnaire" / "2027.yaml").read_text("utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text(ours.replace("kind: month", "kind: moon", 1), "utf-8")
    code, out, errors = await command.command("questionnaire", "lint", "--file", str(broken))
    assert code == 1
    line = next(n for n, text in enumerate(broken.read_text("utf-8").splitlines(), 1) if "kind: moon" in text)
    assert str(line) in out + errors
    assert "moon" in out + errors
    assert "Traceback" not in errors


@pytest.mark.feature("D2")
async def test_drafts_are_numbers_and_small_groups_are_hidden(register: Service) -> None:
    code, out, _ = await register.command("drafts", "list")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [["2027", "org_type", "3"], ["2027", "few", "1"]]
    assert "Lake" not in out and "undecided" not in out


@pytest.mark.feature("O3")
async def test_migrating_twice_is_harmless_and_says_where(command: Service, tmp_path: Path) -> None:
    for _ in range(2):
        code, out, errors = await command.command("migrate")
        assert (code, errors) == (0, "")
        assert str(tmp_path / "stocktaking.sqlite3") in out


@pytest.mark.feature("O3")
async def test_the_doctor_finds_a_healthy_house(tmp_path: Path) -> None:
    house = FromNothing(tmp_path)
    code, out, errors = await house.command("doctor")
    assert code == 0, out + errors
    assert "there is no such file yet" in out and not (tmp_path / "stocktaking.sqlite3").exists()
    await house.command("migrate")
    code, out, errors = await house.command("doctor")
    assert code == 0, out + errors
    assert "MEND" not in out
    for looked_at in ("the database is reachable", "files are kept in", "can listen at", "Telegram is off"):
        assert looked_at in out


@pytest.mark.feature("O3")
async def test_the_doctor_says_what_to_mend_and_tells_no_secret(tmp_path: Path) -> None:
    async with BotApi() as server:
        settings = {"telegram_token": "4242:not-this-one", "telegram_api_url": server.url}
        code, out, errors = await Service(tmp_path / "a", **settings).command("doctor")
        assert code == 1, out + errors
        assert "MEND  Telegram does not know this token. Copy it again from BotFather" in out
        settings["telegram_token"] = server.token
        code, known, _ = await Service(tmp_path / "b", **settings).command("doctor")
        assert code == 0
        assert "Telegram answers as @stocktaking_bot (by polling)" in known
    settings["telegram_api_url"] = f"http://127.0.0.1:{free_port()}"
    code, unreachable, _ = await Service(tmp_path / "c", **settings).command("doctor")
    assert code == 1
    assert "Telegram cannot be reached" in unreachable
    assert "not-this-one" not in out and "test-token" not in known + unreachable


@pytest.mark.feature("O3")
async def test_the_doctor_looks_at_a_database_that_is_not_there(tmp_path: Path) -> None:
    lost = Service(tmp_path, database_url=f"postgresql://anna:geheim@127.0.0.1:{free_port()}/stocktaking")
    code, out, errors = await lost.command("doctor")
    assert code == 1
    assert "MEND  the database cannot be used" in out
    assert "geheim" not in out + errors
