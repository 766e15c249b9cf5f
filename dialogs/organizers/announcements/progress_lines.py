"""How far an announcement is, in lines: the same in the conversation and in the live message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.charts import Bar, Bars, Picture
from dialogs.messages import LanguageName, M, Message, Moment
from dialogs.organizers.announcements.view import title
from dialogs.organizers.requests.announcements import AnnouncementAction, Progress
from dialogs.screens import Choice, Kind, Line, Screen, Style

__all__ = ["OVER", "controls", "figures", "live", "outcome", "picture"]

OVER = ("done", "stopped")
"""States in which nothing more is sent."""

CAUSES: Mapping[str, Message] = {
    "blocked": M("announce.cause.blocked"),
    "deactivated": M("announce.cause.deactivated"),
    "not_found": M("announce.cause.not_found"),
    "not_started": M("announce.cause.not_started"),
    "migrated": M("announce.cause.migrated"),
    "refused": M("announce.cause.refused"),
    "unreachable": M("announce.cause.unreachable"),
    "too_late": M("announce.cause.too_late"),
}

CHANNEL_STATES: Mapping[str, Message] = {
    "planned": M("announce.channel.waiting"),
    "claimed": M("announce.channel.waiting"),
    "going": M("announce.channel.waiting"),
    "sent": M("announce.channel.posted"),
    "failed": M("announce.channel.failed"),
    "skipped": M("announce.channel.failed"),
    "uncertain": M("announce.channel.uncertain"),
    "recalled": M("announce.channel.recalled"),
}


def figures(progress: Progress, state: str) -> Iterator[Line]:
    """Counts that add up to everyone it was planned for, then what became of it."""
    yield from (_item(label) for label, _ in _counts(progress))
    if progress.channel:
        yield _item(CHANNEL_STATES[progress.channel])
    if progress.finishes is not None and state == "running":
        yield Line(Kind.HINT, M("announce.progress.finishes", at=Moment(progress.finishes)))
    if progress.finished is not None and state in OVER:
        yield Line(Kind.HINT, M("announce.progress.finished", at=Moment(progress.finished)))
        yield from (_item(label) for label, _ in _effects(progress))


def _counts(progress: Progress) -> Iterator[tuple[Message, int]]:
    """What was counted, in words with its number, and the number; who got it also by language, where there are two."""
    yield M("announce.progress.sent", progress.sent), progress.sent
    for language, number in progress.languages.items() if len(progress.languages) > 1 else ():
        yield M("stats.item", label=LanguageName(language, own=False), number=number), number
    for cause, number in progress.failed.items():
        yield M("announce.progress.failed", number, cause=CAUSES.get(cause, CAUSES["refused"])), number
    for key, number in (
        ("announce.progress.uncertain", progress.uncertain),
        ("announce.progress.skipped", sum(progress.skipped.values())),
        ("announce.progress.recalled", progress.recalled),
        ("announce.progress.left", progress.left),
    ):
        if number:
            yield Message(key, {}, number), number


def _effects(progress: Progress) -> Iterator[tuple[Message, int]]:
    for key, number in (
        ("announce.progress.began", progress.began),
        ("announce.progress.submitted", progress.submitted),
        ("announce.progress.opted_out", progress.opted_out),
    ):
        yield Message(key, {}, number), number


def picture(id: int, state: str, progress: Progress) -> Picture:
    """What became of an announcement, drawn: each bar is as long as its share of all for whom it was planned."""
    shown = (*_counts(progress), *(each for each in _effects(progress) if each[1]))
    bars = Bars(title(id, state), tuple(Bar(*each) for each in shown), progress.total or None, counted=True)
    return Picture(bars, M("stats.alt", title=title(id, state)))


def outcome(id: int, state: str, progress: Progress) -> Screen:
    """The summary of what is over: the chart, and the same in words."""
    lines = (Line(Kind.TITLE, title(id, state)), *figures(progress, state))
    return Screen("announcement_outcome", lines, picture=picture(id, state, progress))


def _item(text: Message) -> Line:
    return Line(Kind.ITEM, text)


def controls(state: str, progress: Progress, recalled: bool) -> tuple[tuple[AnnouncementAction, Message, Style], ...]:
    """What an organizer can do with it now."""
    if state == "running":
        return PAUSE, STOP
    if state == "paused":
        return RESUME, STOP
    if recalled or state not in ("done", "stopped"):
        return ()
    can_retry = state == "done" and (progress.failed or progress.channel == "failed")
    return (*((RETRY,) if can_retry else ()), *((RECALL,) if progress.sent else ()))


PAUSE = (AnnouncementAction.PAUSE, M("choice.announce_pause"), Style.PRIMARY)
RESUME = (AnnouncementAction.RESUME, M("choice.announce_resume"), Style.PRIMARY)
STOP = (AnnouncementAction.STOP, M("choice.announce_stop"), Style.DANGER)
RETRY = (AnnouncementAction.RETRY, M("choice.announce_retry"), Style.PRIMARY)
RECALL = (AnnouncementAction.RECALL, M("choice.announce_recall"), Style.DANGER)


def live(id: int, state: str, words: str, progress: Progress, recalled: bool) -> Screen:
    """The live message: how far it is, and buttons that are heard whenever they are pressed."""
    lines = (Line(Kind.TITLE, title(id, state)), Line(Kind.QUOTE, words or "…"), *figures(progress, state))
    rows = tuple(
        (Choice(f"announce:{to.value}:{id}", label, style),) for to, label, style in controls(state, progress, recalled)
    )
    return Screen("announcement_live", lines, (*rows, (Choice(f"announce:open:{id}", M("choice.announce_open")),)))
