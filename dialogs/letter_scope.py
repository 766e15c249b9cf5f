"""What may be done in a browser that a letter's link opened: go on with that draft, and nothing else of its person's.

A letter may be forwarded, and a mailbox read by others. So whoever comes by its link has the one draft before them: no
other draft, no entry, no setting of the account, no data, no role. The store holds the same line (`storage.people
.letter_scope`); here it is said kindly.
"""

from __future__ import annotations

from dialogs.domain.effects import (
    DraftStarted,
    EntryConfirmed,
    FindEntries,
    FindSimilar,
    ReadPublished,
    ReadReceipt,
    SearchRegister,
    Submit,
    UnwantedTopics,
    VerifyReceipt,
)
from dialogs.domain.entries.followed_search import FollowSearch, StopFollowing
from dialogs.domain.mailbox import LookAtMail
from dialogs.step_context import StepContext

__all__ = ["PLACES", "REQUESTS", "leaves"]

PLACES = frozenset(
    {
        *("home", "filling", "finding", "guarding", "moving", "sections", "review", "review_section", "sent"),
        *(
            "language",
            "access",
            "reminders",
            "declined",
            "explore",
            "explored",
            "news",
            "receipt",
            "verifying",
            "letters",
        ),
    }
)
"""Places that show nothing of the person but the draft, or nothing of the person at all."""

REQUESTS = (
    *(Submit, FindEntries, FindSimilar, SearchRegister, ReadPublished, ReadReceipt, VerifyReceipt, UnwantedTopics),
    LookAtMail,
)
"""What may be asked for there."""

BEYOND = (DraftStarted, EntryConfirmed, FollowSearch, StopFollowing)


def leaves(ctx: StepContext) -> bool:
    """Whether the step would do more than its draft's link is good for."""
    only = ctx.conversation.only
    if only is None:
        return False
    if ctx.request is not None and not isinstance(ctx.request, REQUESTS):
        return True
    if isinstance(ctx.request, ReadReceipt):
        return all(entry.reference != ctx.request.reference for entry in ctx.conversation.entries)
    if ctx.position.name not in PLACES:
        return True
    return any(isinstance(effect, BEYOND) or getattr(effect, "draft", only) != only for effect in ctx.effects)
