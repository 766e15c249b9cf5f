"""Which announcements a person gets: all, none, or all but some topics."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs import choices
from dialogs.account.topics import ALL, TOPICS
from dialogs.domain.effects import TopicWanted, UnwantedTopics
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import M, Message
from dialogs.domain.organizers.overview import DIGEST
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["handle", "open_news", "render"]


def open_news(ctx: StepContext) -> None:
    ctx.push("news")
    ctx.ask(UnwantedTopics())


def render(ctx: StepContext) -> Screen:
    unwanted, news = set(ctx.args.get("unwanted", ())), ctx.conversation.person.news
    offered = [(topic, label) for topic, label in _topics(ctx).items() if news or topic in (ALL, DIGEST)]
    ways = [
        Choice(topic, label, chosen=(news or topic == DIGEST) and topic not in unwanted, number=number)
        for number, (topic, label) in enumerate(offered, 1)
    ]
    lines = (Line(Kind.TITLE, M("news.title")), Line(Kind.HINT, M("news.how")))
    return Screen("news", lines, choices.column(ways) + choices.row(choices.back()))


def _topics(ctx: StepContext) -> Mapping[str, Message]:
    """What can be stopped: announcements by topic, and for organizers their daily summary."""
    return {**TOPICS, DIGEST: M("topic.digest")} if ctx.conversation.role is not None else TOPICS


def handle(ctx: StepContext, event: Event) -> None:
    """Toggle a topic; the one of everything stands for all of them."""
    if isinstance(event, QueryResult):
        ctx.update(unwanted=list(event.result))
    elif isinstance(event, Chose) and event.code in _topics(ctx):
        ctx.in_place = True
        _toggle(ctx, event.code)
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("not_understood.review"))


def _toggle(ctx: StepContext, topic: str) -> None:
    unwanted = list(ctx.args.get("unwanted", ()))
    wants = topic in unwanted or (topic == ALL and not ctx.conversation.person.news)
    ctx.do(TopicWanted(topic, wants, ctx.at))
    if topic == ALL:
        ctx.change_person(news=wants)
    ctx.update(unwanted=[each for each in unwanted if each != topic] + ([] if wants else [topic]))
