"""The language of an answer is kept apart from that of the interface, and readers of the register see it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dialogs.text.language_detection import language_of
from storage.engine.database import Database
from tests.driver import Clock, Stage
from tests.samples import DESCRIPTION, REQUIRED
from tests.service import Service


@pytest.mark.parametrize(
    ("text", "reader", "language"),
    [
        (DESCRIPTION, "fr", "en"),
        (DESCRIPTION, "ar", "en"),
        ("Les villages de la rive ont des réseaux solaires.", "en", "fr"),
        ("Las aldeas de la orilla tienen redes solares para los agricultores.", "fr", "es"),
        ("Солнечные сети для деревень у озера", "en", "ru"),
        ("شبكات شمسية لقرى البحيرة", "fr", "ar"),
        ("湖边村庄的太阳能网络", "ar", "zh"),
        ("Lake Community Networks", "fr", "fr"),
        ("Lake Community Networks", "ru", "und"),
        ("Сонячні мережі для сіл біля озера", "ru", "und"),
        ("خورشید و روستاهای کنار دریاچه", "ar", "und"),
        ("\U00017000\U0003134a", "en", "und"),  # letters that Unicode's tables here have no names for
        ("4,200 + 12", "en", "und"),
        ("", "zh", "und"),
    ],
)
def test_a_text_is_in_the_language_it_is_written_in(text: str, reader: str, language: str) -> None:
    assert language_of(text, reader) == language


@pytest.mark.feature("I7")
async def test_somebody_who_reads_french_answers_in_three_languages_and_the_export_says_so(tmp_path: Path) -> None:
    service = Service(tmp_path)
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    amina = Stage(database, Clock()).person("amina", language="fr")
    answers = {
        **REQUIRED,
        "title": "Des réseaux solaires pour les villages du lac",
        "description": DESCRIPTION,
        "results": "Все двенадцать деревень подключены и сами содержат свою сеть.",
    }
    await amina.does("new")
    while amina.question != "review":
        await amina.says(answers[amina.question])
    amina.sees("Все двенадцать деревень")
    await amina.taps(".send")
    assert amina.reads == "fr"
    await database.close()

    (entry,) = json.loads(await _exported(service, "json"))
    said = entry["languages"]
    assert (said["title"], said["description"], said["results"]) == ("fr", "en", "ru")
    assert entry["language"] == "en"
    assert "org_type" not in said
    (row,) = csv.DictReader(io.StringIO((await _exported(service, "csv")).removeprefix("\ufeff")))
    assert {"en", "fr", "ru"} <= set(row["languages"].split("; "))


async def _exported(service: Service, form: str) -> str:
    code, out, errors = await service.command("entries", "export", "--format", form)
    assert code == 0, errors
    return out
