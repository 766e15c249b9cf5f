"""Every place of the conversation: how it is shown, and who hears what is done there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from dialogs.account import (
    account_linking,
    explore,
    follows,
    home,
    letters,
    my_entries,
    onboarding,
    preferences,
    privacy,
    receipts,
    settings,
    subscriptions,
)
from dialogs.domain.events import Event
from dialogs.form import correction, new_entry, open_question, sections, version_migration
from dialogs.form.check import check_answers, withdrawal
from dialogs.form.offline import template
from dialogs.organizers import routes as organizing
from dialogs.screens import Screen
from dialogs.step_context import StepContext

__all__ = ["DRAFTLESS", "OWNERS", "ROUTES", "Route"]


class Route(NamedTuple):
    """A place: `render` makes its screen, `handle` takes an event. `offer` makes the screen's choices alone, where all
    of it costs much more: that is all there is to look at in it when a text is taken.
    """

    render: Callable[[StepContext], Screen]
    handle: Callable[[StepContext, Event], None]
    offer: Callable[[StepContext], Screen] | None = None


ROUTES: Mapping[str, Route] = {
    "welcome": Route(home.render_home, onboarding.handle_welcome),
    "home": Route(home.render_home, home.handle_home),
    "drafts": Route(home.render_drafts, home.handle_drafts),
    "discarding": Route(home.render_discarding, home.handle_discarding),
    "language": Route(home.render_language, home.handle_language),
    "updating": Route(new_entry.render_updating, new_entry.handle_updating),
    "filling": Route(open_question.render, open_question.handle, open_question.offer),
    "finding": Route(new_entry.render_finding, new_entry.handle_finding),
    "guarding": Route(new_entry.render_guarding, new_entry.handle_guarding),
    "moving": Route(version_migration.render, version_migration.handle),
    "sections": Route(sections.render, sections.handle),
    "handing": Route(sections.render_handing, sections.handle_handing),
    "template": Route(template.render, template.handle),
    "template_read": Route(template.render_read, template.handle),
    "review": Route(check_answers.render, check_answers.handle),
    "review_section": Route(check_answers.render_section, check_answers.handle_section),
    "sent": Route(check_answers.render_sent, check_answers.handle_sent),
    "entries": Route(my_entries.render_list, my_entries.handle_list),
    "entry": Route(my_entries.render_entry, my_entries.handle_entry),
    "settings": Route(settings.render, settings.handle),
    "correction": Route(correction.render, correction.handle),
    "to_reviewer": Route(correction.render_writing, correction.handle_writing),
    "withdrawing": Route(withdrawal.render, withdrawal.handle),
    "contact": Route(preferences.render_contact, preferences.handle_contact),
    "reminders": Route(preferences.render_reminders, preferences.handle_reminders),
    "explore": Route(explore.render, explore.handle),
    "explored": Route(explore.render_one, explore.handle_one),
    "news": Route(subscriptions.render, subscriptions.handle),
    "follows": Route(follows.render, follows.handle),
    "letters": Route(letters.render, letters.handle),
    "access": Route(preferences.render_access, preferences.handle_access),
    "joining": Route(account_linking.render, account_linking.handle),
    "joining_ask": Route(account_linking.render_ask, account_linking.handle_ask),
    "joining_waits": Route(account_linking.render_waits, account_linking.handle_waits),
    "joining_confirm": Route(account_linking.render_confirm, account_linking.handle_confirm),
    "declined": Route(preferences.render_declined, preferences.handle_declined),
    "taking": Route(home.render_home, onboarding.handle_taking),
    "late": Route(home.render_home, onboarding.handle_late),
    "receipt": Route(receipts.render_receipt, receipts.handle_receipt),
    "verifying": Route(receipts.render_verifying, receipts.handle_verifying),
    "my_data": Route(privacy.render_my_data, privacy.handle_my_data),
    "forgetting": Route(privacy.render_forgetting, privacy.handle_forgetting),
    "forgotten": Route(privacy.render_forgotten, privacy.handle_forgotten),
    "appointed": Route(home.render_home, onboarding.handle_appointed),
    "invited": Route(home.render_home, onboarding.handle_invited),
    **{name: Route(route.render, route.handle) for name, route in organizing.ROUTES.items()},
}

ABOUT_A_DRAFT = {
    "filling",
    "finding",
    "guarding",
    "moving",
    "sections",
    "handing",
    "template",
    "template_read",
    "review",
    "review_section",
    "correction",
}

DRAFTLESS = frozenset(ROUTES) - ABOUT_A_DRAFT
"""Places that need no open draft."""

OWNERS = frozenset({"finding", "guarding", "moving", "handing", "correction"})
"""Places about a whole draft: closed to a colleague who was handed a section of it."""
