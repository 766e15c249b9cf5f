"""Choices on messages that were sent unasked: reminders and announcements. They are heard whenever pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from dialogs.effects import DraftKept, TopicWanted
from dialogs.home import continue_draft
from dialogs.messages import M
from dialogs.organizing.announcing.pressed import PRESSED
from dialogs.organizing.desk import open_letter
from dialogs.organizing.roles import Right, may
from dialogs.talk import Talk
from dialogs.topics import ALL, TOPICS

__all__ = ["chosen"]

SNOOZE = timedelta(hours=20)
"""How long "tomorrow" is: by then it is another day, and it may be the morning."""


def chosen(talk: Talk, code: str) -> bool:
    """Follow a choice of an unasked message; False: it is none."""
    head, _, rest = code.partition(":")
    name, _, argument = rest.partition(":")
    act = CHOICES.get((head, name))
    if (head, name) == ("help", "answer") and not may(talk.conversation.role, Right.HELP):
        return False  # nobody else learns that there is such a button
    if act is not None:
        act(talk, argument)
    return act is not None


def _tomorrow(talk: Talk, argument: str) -> None:
    talk.change_person(snoozed=talk.at + SNOOZE)
    talk.note(M("reminders.tomorrow"))


def _not_this_year(talk: Talk, argument: str) -> None:
    call = talk.conversation.call
    talk.change_person(declined_call=call.code if call else None)
    talk.note(M("reminders.not_this_year"))


def _keep(talk: Talk, draft: str) -> None:
    """Keep an unfinished entry that would be deleted; one that is gone, or somebody else's, is an old button."""
    found = talk.conversation.drafts.get(draft)
    if found is None or found.owner is not None:
        talk.note(M("odd.old_button"))
        return
    talk.do(DraftKept(draft, talk.at))
    talk.note(M("stale.kept"))


def _no_news(talk: Talk, topic: str) -> None:
    """No more of this topic, for ever; of the topic of everything: no more at all."""
    if topic in TOPICS and topic != ALL:
        talk.do(TopicWanted(topic, False, talk.at))
        talk.note(M("news.topic_stopped", topic=TOPICS[topic]))
        return
    talk.do(TopicWanted(ALL, False, talk.at))
    talk.change_person(news=False)
    talk.note(M("news.stopped"))


CHOICES: Mapping[tuple[str, str], Callable[[Talk, str], None]] = {
    ("remind", "continue"): lambda talk, draft: continue_draft(talk, draft or None),
    ("remind", "keep"): _keep,
    ("remind", "tomorrow"): _tomorrow,
    ("remind", "never"): _not_this_year,
    ("help", "answer"): open_letter,
    ("news", "stop"): _no_news,
    **PRESSED,
}
