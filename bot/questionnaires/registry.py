"""Published editions among those that this process asks: taken in at the start, and whenever one is published."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from bot.app import App
from bot.questionnaires.edition import IN_DATABASE, read_structure
from dialogs.domain.questionnaire import Questionnaire
from dialogs.questionnaire.source import loader
from dialogs.questionnaire.source.edition_texts import with_own_texts
from dialogs.questionnaire.source.loader import QuestionnaireError
from locales.words import SOURCE, Words
from storage.calls import editions
from storage.calls.editions import KeptEdition
from storage.engine.database import Database

__all__ = ["follow", "forget", "refresh", "register"]

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks for what was published. A turn that meets a version before that looks at once."""


async def refresh(database: Database, words: Words) -> bool:
    """Take in what was published since the last look; whether there was anything. An edition never changes after."""
    published = await database.read(editions.published_versions)
    faulty = {name.removesuffix(IN_DATABASE) for name in loader.faults()}
    news = published - loader.versions().keys() - faulty
    if not news:
        return False
    kept = await database.read(lambda session: [editions.find(session, version) for version in sorted(news)])
    register([each for each in kept if each is not None], words)
    return True


def register(kept: Iterable[KeptEdition], words: Words) -> None:
    """Have these editions among the versions. One that this program cannot use is named in the log and left out."""
    usable: list[Questionnaire] = []
    faulty: dict[str, QuestionnaireError] = {}
    for each in kept:
        try:
            questionnaire, texts = with_own_texts(read_structure(each.version, each.structure), each.texts)
        except QuestionnaireError as error:
            log.error("the questionnaire %s cannot be used: %s", each.version, error.mistakes[0])
            faulty[f"{each.version}{IN_DATABASE}"] = error
            continue
        # A name that the catalogues lack is also said where no edition is at hand, such as in the figures of all years.
        known = words.keys(SOURCE)
        words.add({**{key: said for key, said in each.texts.items() if key not in known}, **texts})
        usable.append(questionnaire)
    loader.add(usable, faulty)


def forget(words: Words) -> bool:
    """Have only what comes with the program again; whether there was more."""
    words.forget_added()
    return loader.forget_added()


async def follow(app: App) -> None:
    """Take in what is published while the service runs."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await app.turns.learn()
        except Exception as error:  # noqa: BLE001  the next look is as good
            log.warning("published questionnaires are looked for again (%s)", type(error).__name__)
