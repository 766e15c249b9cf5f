"""Which announcements a person gets: all, none, or all but some topics."""

from __future__ import annotations

from dialogs import choices
from dialogs.effects import TopicWanted, UnwantedTopics
from dialogs.events import Chose, Event, Replied
from dialogs.messages import M
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk
from dialogs.topics import ALL, TOPICS

__all__ = ["hear", "open_news", "show"]


def open_news(talk: Talk) -> None:
    talk.visit("news")
    talk.ask(UnwantedTopics())


def show(talk: Talk) -> Screen:
    unwanted, news = set(talk.args.get("unwanted", ())), talk.conversation.person.news
    ways = [
        Choice(topic, label, chosen=news and topic not in unwanted, number=number)
        for number, (topic, label) in enumerate(TOPICS.items(), 1)
        if news or topic == ALL
    ]
    lines = (Line(Kind.TITLE, M("news.title")), Line(Kind.HINT, M("news.how")))
    return Screen("news", lines, choices.column(ways) + choices.row(choices.back()))


def hear(talk: Talk, event: Event) -> None:
    """Toggle a topic; the one of everything stands for all of them."""
    if isinstance(event, Replied):
        talk.stay(unwanted=list(event.result))
    elif isinstance(event, Chose) and event.code in TOPICS:
        talk.in_place = True
        _toggle(talk, event.code)
    elif isinstance(event, Chose):
        talk.return_()
    else:
        talk.note(M("not_understood.review"))


def _toggle(talk: Talk, topic: str) -> None:
    unwanted = list(talk.args.get("unwanted", ()))
    wants = topic in unwanted or (topic == ALL and not talk.conversation.person.news)
    talk.do(TopicWanted(topic, wants, talk.at))
    if topic == ALL:
        talk.change_person(news=wants)
    talk.stay(unwanted=[each for each in unwanted if each != topic] + ([] if wants else [topic]))
