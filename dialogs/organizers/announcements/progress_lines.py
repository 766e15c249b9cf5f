"""How far an announcement is, in lines: the same in the conversation and in the live message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.charts import Bar, Bars, Picture
from dialogs.domain.announcements.announcement import AnnouncementAction, allowed
from dialogs.domain.messages import LanguageName, M, Message, Moment
from dialogs.domain.notice import Cause, DeliveryState, NoticeState
from dialogs.domain.organizers.announcements import Progress
from dialogs.organizers.announcements.view import title
from dialogs.screens import Choice, Kind, Line, Screen, Style

__all__ = ["CONTROLS", "controls", "figures", "live", "outcome", "picture"]

CAUSES: Mapping[str, Message] = {
    Cause.BLOCKED: M("announce.cause.blocked"),
    Cause.DEACTIVATED: M("announce.cause.deactivated"),
    Cause.NOT_FOUND: M("announce.cause.not_found"),
    Cause.NOT_STARTED: M("announce.cause.not_started"),
    Cause.MIGRATED: M("announce.cause.migrated"),
    Cause.REFUSED: M("announce.cause.refused"),
    Cause.UNREACHABLE: M("announce.cause.unreachable"),
    Cause.TOO_LATE: M("announce.cause.too_late"),
}

CHANNEL_STATES: Mapping[str, Message] = {
    DeliveryState.PLANNED: M("announce.channel.waiting"),
    DeliveryState.CLAIMED: M("announce.channel.waiting"),
    DeliveryState.GOING: M("announce.channel.waiting"),
    DeliveryState.SENT: M("announce.channel.posted"),
    DeliveryState.FAILED: M("announce.channel.failed"),
    DeliveryState.SKIPPED: M("announce.channel.failed"),
    DeliveryState.UNCERTAIN: M("announce.channel.uncertain"),
    DeliveryState.RECALLED: M("announce.channel.recalled"),
}


def figures(progress: Progress, state: str) -> Iterator[Line]:
    """Counts that add up to everyone it was planned for, then what became of it."""
    yield from (_item(label) for label, _ in _counts(progress))
    if progress.channel:
        yield _item(CHANNEL_STATES[progress.channel])
    if progress.finishes is not None and state == NoticeState.RUNNING:
        yield Line(Kind.HINT, M("announce.progress.finishes", at=Moment(progress.finishes)))
    if progress.finished is not None and NoticeState(state).is_over:
        yield Line(Kind.HINT, M("announce.progress.finished", at=Moment(progress.finished)))
        yield from (_item(label) for label, _ in _effects(progress))


def _counts(progress: Progress) -> Iterator[tuple[Message, int]]:
    """What was counted, in words with its number, and the number; who got it also by language, where there are two."""
    yield M("announce.progress.sent", progress.sent), progress.sent
    if progress.by_mail:
        yield M("stats.item", label=M("choice.letters"), number=progress.by_mail), progress.by_mail
    for language, number in progress.languages.items() if len(progress.languages) > 1 else ():
        yield M("stats.item", label=LanguageName(language, own=False), number=number), number
    for cause, number in progress.failed.items():
        yield M("announce.progress.failed", number, cause=CAUSES.get(cause, CAUSES[Cause.REFUSED])), number
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
    """What an organizer can do with it now: what the life cycle allows and there is something to do for."""
    of_use = {
        AnnouncementAction.RETRY: bool(progress.failed) or progress.channel == DeliveryState.FAILED,
        AnnouncementAction.RESEND: progress.uncertain > 0,
        AnnouncementAction.RECALL: progress.sent > 0,
    }
    return tuple(
        (action, *shown)
        for action, shown in CONTROLS.items()
        if allowed(NoticeState(state), action, recalled=recalled) and of_use.get(action, True)
    )


CONTROLS: Mapping[AnnouncementAction, tuple[Message, Style]] = {
    AnnouncementAction.PAUSE: (M("choice.announce_pause"), Style.PRIMARY),
    AnnouncementAction.RESUME: (M("choice.announce_resume"), Style.PRIMARY),
    AnnouncementAction.STOP: (M("choice.announce_stop"), Style.DANGER),
    AnnouncementAction.RETRY: (M("choice.announce_retry"), Style.PRIMARY),
    AnnouncementAction.RESEND: (M("choice.announce_resend"), Style.PLAIN),
    AnnouncementAction.RECALL: (M("choice.announce_recall"), Style.DANGER),
}
"""What stands below a run, in this order."""


def live(id: int, state: str, words: str, progress: Progress, recalled: bool) -> Screen:
    """The live message: how far it is, and buttons that are heard whenever they are pressed."""
    lines = (Line(Kind.TITLE, title(id, state)), Line(Kind.QUOTE, words or "…"), *figures(progress, state))
    rows = tuple(
        (Choice(f"announce:{to.value}:{id}", label, style),) for to, label, style in controls(state, progress, recalled)
    )
    return Screen("announcement_live", lines, (*rows, (Choice(f"announce:open:{id}", M("choice.announce_open")),)))
