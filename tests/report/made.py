"""A call's published entries in six languages, made at once, with what a layout stumbles over."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from sqlmodel import Session

from dialogs.domain.entries.entry import EntryState
from dialogs.knowledge import action_lines, countries, goals
from storage.tables import EntryRow
from tests.register.factory import keep, kept

__all__ = ["LANGUAGES", "entries", "fill"]

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

TITLES = {
    "ar": "شبكات مجتمعية للقرى الساحلية (WiFi-6) – المرحلة 2",
    "en": "Community networks for coastal villages",
    "es": "Redes comunitarias para pueblos costeros: ¿cómo llegan?",
    "fr": "Réseaux communautaires pour les villages côtiers : l’été",
    "ru": "Общественные сети для прибрежных деревень «Берег»",
    "zh": "沿海村庄社区网络“互联”项目",
}
WORDS = {
    "ar": "يربط المشروع 12 قرية ساحلية بالإنترنت عبر شبكة LoRaWAN تعمل بالطاقة الشمسية، ويدرّب الشباب على صيانتها. ",
    "en": "The project connects twelve villages on the coast by solar powered networks and trains their keepers. ",
    "es": "El proyecto conecta doce pueblos de la costa mediante redes solares y forma a quienes las mantienen. ",
    "fr": "Le projet relie douze villages côtiers par des réseaux solaires et forme celles et ceux qui y veillent. ",
    "ru": "Проект соединяет двенадцать прибрежных деревень сетями на солнечной энергии и обучает мастеров. ",
    "zh": "该项目通过太阳能网络把十二个沿海村庄接入互联网，并培训当地青年（LoRaWAN）。骨、直、今等字形应为简体。",
}
ORGANIZATIONS = {
    "ar": "مؤسسة الساحل الرقمي",
    "en": "Lake Community Networks",
    "es": "Fundación Mar Abierta",
    "fr": "Association Réseaux d’Été",
    "ru": "Фонд «Берег»",
    "zh": "海岸数字基金会",
}
KINDS = ("GOV", "INT", "BUS", "CSO", "ACA")


def entries(number: int, seed: int = 24) -> Iterator[EntryRow]:
    """So many published entries; the same for the same seed."""
    chance = Random(seed)
    for place in range(1, number + 1):
        language = LANGUAGES[place % 6]
        lines = sorted(chance.sample(action_lines.LINES, chance.randint(1, 3)), key=action_lines.LINES.index)
        sublines = chance.sample(action_lines.SUBLINES, chance.randint(1, 2)) if "C7" in lines else []
        country = chance.choice(countries.MEMBERS)
        yield kept(
            place,
            title=f"{TITLES[language]} {place}",
            org_name=f"{ORGANIZATIONS[language]} {place % 40}",
            org_type=chance.choice(KINDS),
            org_country=country,
            description=WORDS[language] * 6,
            results=WORDS[language] * 2 if place % 3 else None,
            status=chance.choice(("planned", "ongoing", "completed")),
            coverage=chance.choice(("local", "national", "international")),
            countries=[country] if place % 5 else [country, chance.choice(countries.MEMBERS)],
            lines=lines,
            sublines=sublines,
            goals=[str(goal) for goal in sorted(chance.sample(list(goals.GOALS), chance.randint(1, 4)))],
            beneficiaries=chance.sample(("women", "youth", "rural", "farmers"), 2),
            language=language,
        )


def fill(session: Session, number: int) -> None:
    """Keep them, and besides one of each other state and one whose author said no."""
    keep(session, *entries(number))
    states = [state for state in EntryState if state is not EntryState.PUBLISHED]
    keep(session, *(kept(9000 + place, state, title=f"HIDDEN {state}") for place, state in enumerate(states)))
    keep(session, kept(9999, publish=False, title="HIDDEN by its author"))
