"""A register to look at: entries of activities that nobody does, in six languages, the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from dialogs.knowledge import action_lines, countries, goals
from dialogs.questionnaire.source import loader
from storage.entries.imported import OldEntry

__all__ = ["generated"]

EDITION = "2027b"
"""Of the questionnaire that they answer."""
YEARS = range(2019, 2027)
WHAT = {
    "en": ("Digital skills", "Telemedicine", "Open data", "Community radio", "Early warning", "Online library"),
    "fr": ("Compétences numériques", "Télémédecine", "Données ouvertes", "Radio communautaire", "Alerte rapide"),
    "es": ("Competencias digitales", "Telemedicina", "Datos abiertos", "Radio comunitaria", "Alerta temprana"),
    "ru": ("Цифровые навыки", "Телемедицина", "Открытые данные", "Местное радио", "Раннее предупреждение"),
    "zh": ("数字技能", "远程医疗", "开放数据", "社区广播", "早期预警", "在线图书馆"),
    "ar": ("المهارات الرقمية", "الطب عن بعد", "البيانات المفتوحة", "إذاعة مجتمعية", "الإنذار المبكر"),
}
WHOM = {
    "en": "{what} for {place}, stage {n}",
    "fr": "{what} pour {place}, étape {n}",
    "es": "{what} para {place}, etapa {n}",
    "ru": "{what}: {place}, этап {n}",
    "zh": "{place}{what}第{n}期",
    "ar": "{what} في {place}، المرحلة {n}",
}
SAID = {
    "en": "People learn together, in their own language, and the results are open to everybody. This is an example.",
    "fr": "Les habitants apprennent ensemble, dans leur langue ; les résultats sont ouverts. Ceci est un exemple.",
    "es": "Las personas aprenden juntas, en su idioma, y los resultados están abiertos a todos. Es un ejemplo.",
    "ru": "Люди учатся вместе, на своем языке, и результаты открыты для всех. Это пример.",
    "zh": "人们用自己的语言共同学习，成果向所有人开放。此为示例。",
    "ar": "يتعلم الناس معًا بلغتهم، والنتائج متاحة للجميع. هذا مثال.",
}
PLACES = ("Kalora", "Mirane", "Tusavo", "Berino", "Dapeli", "Gomazu", "Felora", "Nevita", "Sarino", "Lomika", "Ravode")


def generated(many: int, seed: int = 2027) -> Iterator[OldEntry]:
    """So many entries; a smaller number gives the first of a larger one's."""
    random, languages = Random(seed), tuple(WHAT)
    for number in range(1, many + 1):
        language, year = languages[number % len(languages)], YEARS[number % len(YEARS)]
        at = datetime(year, 1, 1, 9, tzinfo=UTC) + timedelta(hours=random.randrange(1300))
        yield OldEntry(year, number, at, language, _answers(random, language, number), EDITION)


def _answers(random: Random, language: str, number: int) -> dict[str, Any]:
    place, what = random.choice(PLACES), random.choice(WHAT[language])
    codes = {id: question.codes for id, question in loader.version(EDITION).by_id.items()}
    country, chosen = random.choice(tuple(countries.MEMBERS)), sorted(random.sample(list(goals.GOALS), 2))
    return {
        "title": WHOM[language].format(what=what, place=place, n=1 + number // 40),
        "org_name": f"{place} {random.choice(('Institute', 'Foundation', 'University', 'Network'))}",
        "org_type": random.choice(codes["org_type"]),
        "org_country": country,
        "activity_type": random.choice(codes["activity_type"]),
        "description": SAID[language],
        "status": random.choice(codes["status"]),
        "start_date": f"{random.randrange(2005, 2019)}-{random.randrange(1, 13):02d}",
        "coverage": random.choice(codes["coverage"]),
        "countries": [country],
        "lines": sorted(random.sample(tuple(action_lines.LINES), 2)),
        "goals": [str(goal) for goal in chosen],
        "beneficiaries": random.sample(codes["beneficiaries"], 2),
        "people_reached": random.randrange(50, 90_000),
        "publish": True,
    }
