"""Choices on messages that were sent unasked: reminders and announcements. They are heard whenever pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from dialogs.account import follows
from dialogs.account.home import continue_draft
from dialogs.account.my_entries import open_entry
from dialogs.account.topics import ALL, TOPICS
from dialogs.domain.conversation import CallState, Entry
from dialogs.domain.effects import DraftKept, EntryConfirmed, TopicWanted
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.messages import M
from dialogs.domain.organizers.overview import DIGEST
from dialogs.domain.roles import Right, may
from dialogs.form.check.withdrawal import open_withdrawal
from dialogs.form.correction import pressed_fix, pressed_write
from dialogs.form.new_entry import start_draft
from dialogs.organizers.announcements.live_buttons import PRESSED
from dialogs.organizers.flow import to_menu
from dialogs.organizers.inbox import open_letter
from dialogs.organizers.review.queue import pressed_open
from dialogs.step_context import StepContext

__all__ = ["chosen"]

SNOOZE = timedelta(hours=20)
"""How long "tomorrow" is: by then it is another day, and it may be the morning."""


def chosen(ctx: StepContext, code: str) -> bool:
    """Follow a choice of an unasked message; False: it is none."""
    head, _, rest = code.partition(":")
    name, _, argument = rest.partition(":")
    act = CHOICES.get((head, name))
    if (head, name) == ("help", "answer") and not may(ctx.conversation.role, Right.HELP):
        return False  # nobody else learns that there is such a button
    if act is not None:
        act(ctx, argument)
    return act is not None


def _tomorrow(ctx: StepContext, argument: str) -> None:
    ctx.change_person(snoozed=ctx.at + SNOOZE)
    ctx.note(M("reminders.tomorrow"))


def _not_this_year(ctx: StepContext, argument: str) -> None:
    call = ctx.conversation.call
    ctx.change_person(declined_call=call.code if call else None)
    ctx.note(M("reminders.not_this_year"))


def _keep(ctx: StepContext, draft: str) -> None:
    """Keep an unfinished entry that would be deleted; one that is gone, or somebody else's, is an old button."""
    found = ctx.conversation.drafts.get(draft)
    if found is None or found.owner is not None:
        ctx.note(M("odd.old_button"))
        return
    ctx.do(DraftKept(draft, ctx.at))
    ctx.note(M("stale.kept"))


def _published(ctx: StepContext, reference: str) -> Entry | None:
    """One's own entry, while it is published."""
    own = (entry for entry in ctx.conversation.entries if entry.mine and entry.reference == reference)
    return next((entry for entry in own if entry.state is EntryState.PUBLISHED), None)


def _still_true(ctx: StepContext, reference: str) -> None:
    if _published(ctx, reference) is None:
        ctx.note(M("odd.old_button"))
        return
    ctx.do(EntryConfirmed(reference, ctx.at))
    ctx.note(M("still.thanks"))


def _update(ctx: StepContext, reference: str) -> None:
    """Begin an update; while no call is open, the entry is shown, which says how it stands."""
    entry, call = _published(ctx, reference), ctx.conversation.call
    if entry is not None and call is not None and call.state(ctx.at) is CallState.OPEN:
        start_draft(ctx, "update", revises=entry)
    else:
        open_entry(ctx, reference)


def _no_news(ctx: StepContext, topic: str) -> None:
    """No more of this topic, for ever; of the topic of everything: no more at all."""
    if topic in TOPICS and topic != ALL:
        ctx.do(TopicWanted(topic, False, ctx.at))
        ctx.note(M("news.topic_stopped", topic=TOPICS[topic]))
        return
    ctx.do(TopicWanted(ALL, False, ctx.at))
    ctx.change_person(news=False)
    ctx.note(M("news.stopped"))


def _no_digest(ctx: StepContext, argument: str) -> None:
    ctx.do(TopicWanted(DIGEST, False, ctx.at))
    ctx.note(M("digest.stopped"))


def _open_menu(ctx: StepContext, argument: str) -> None:
    """The organizers' menu; for who is none any more, an old button."""
    if ctx.conversation.role is None:
        ctx.note(M("odd.old_button"))
    else:
        to_menu(ctx)


CHOICES: Mapping[tuple[str, str], Callable[[StepContext, str], None]] = {
    ("remind", "continue"): lambda ctx, draft: continue_draft(ctx, draft or None),
    ("remind", "keep"): _keep,
    ("remind", "tomorrow"): _tomorrow,
    ("remind", "never"): _not_this_year,
    ("fix", "open"): pressed_fix,
    ("fix", "key"): pressed_fix,
    ("fix", "write"): pressed_write,
    ("review", "open"): pressed_open,
    ("help", "answer"): open_letter,
    ("news", "stop"): _no_news,
    ("digest", "open"): _open_menu,
    ("digest", "stop"): _no_digest,
    ("still", "yes"): _still_true,
    ("still", "update"): _update,
    ("still", "withdraw"): open_withdrawal,
    ("follow", "open"): follows.pressed_open,
    ("follow", "stop"): follows.pressed_stop,
    **PRESSED,
}
