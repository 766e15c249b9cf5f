"""The life of an announcement stands in one table: the screens offer what it allows, and the store asks it again."""

from __future__ import annotations

import pytest

from dialogs.domain.announcements.announcement import (
    CONFIRMED,
    LIFECYCLE,
    AnnouncementAction,
    allowed,
    following,
    right_of,
)
from dialogs.domain.notice import NoticeState
from dialogs.domain.organizers.announcements import Progress
from dialogs.domain.roles import Right
from dialogs.organizers.announcements.overview import TWICE
from dialogs.organizers.announcements.progress_lines import CONTROLS, controls
from storage.announcements.announcement_actions import PERFORMED

A, S = AnnouncementAction, NoticeState
SOME_SENT_SOME_FAILED = Progress(sent=5, left=2, uncertain=1, failed={"unreachable": 1})


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("recalled", [False, True])
def test_a_run_offers_what_the_store_would_do_and_nothing_else(state: NoticeState, recalled: bool) -> None:
    offered = {action for action, _, _ in controls(state, SOME_SENT_SOME_FAILED, recalled)}
    assert offered == {action for action in CONTROLS if allowed(state, action, recalled=recalled)}
    assert set(CONTROLS) <= set(PERFORMED)


def test_nothing_begins_again_once_it_was_stopped() -> None:
    reached = {S.STOPPED}
    while more := {after for state in reached for after in following(state)} - reached:
        reached |= more
    assert reached == {S.STOPPED}


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached = {S.DRAFT}
    while more := {after for state in reached for after in following(state)} - reached:
        reached |= more
    assert reached == set(S)


def test_what_cannot_be_undone_is_asked_about_twice() -> None:
    assert {action.value for action in CONFIRMED} == set(TWICE)
    for action in CONFIRMED - {A.RECALL, A.RESEND}:
        ends = {after for row in LIFECYCLE.values() for each, after in row.items() if each is action}
        assert ends == {S.STOPPED}, action


def test_nothing_is_recalled_or_edited_twice_over() -> None:
    for state in S:
        assert not allowed(state, A.RECALL, recalled=True)
        assert not allowed(state, A.CHANGE_TEXT, recalled=True)


def test_translators_may_write_texts_and_no_more() -> None:
    assert [action for action in A if right_of(action) is Right.TRANSLATE] == [A.WRITE_TEXT]
