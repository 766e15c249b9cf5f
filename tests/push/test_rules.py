"""What is an event, for whom; where a push may go; when it is tried again; how it is signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from itertools import product

import pytest
from pydantic import ValidationError
from standardwebhooks import Webhook

from bot.push.guarded_resolver import is_allowed
from bot.push.receiver import Receiver
from bot.push.retry import GIVEN_UP, pause, row_retry
from bot.push.signature import headers
from dialogs.domain.entries.entry import EntryState as S
from dialogs.domain.entries.entry_event import PUBLIC_EVENTS, EntryEvent, Snapshot, event_of, public_event_of
from tests.push.platform import NEW_SECRET, SECRET

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def at(state: S, version: int = 1, *, publish: bool = True, person: bool = True) -> Snapshot:
    return Snapshot(version, state, publish, person)


@pytest.mark.parametrize(
    "before, after, event, public",
    [
        (None, at(S.RECEIVED), EntryEvent.SUBMITTED, None),
        (at(S.RECEIVED), at(S.IN_REVIEW), None, None),
        (at(S.IN_REVIEW), at(S.ACCEPTED), None, None),
        (at(S.ACCEPTED), at(S.PUBLISHED), EntryEvent.PUBLISHED, EntryEvent.PUBLISHED),
        (at(S.ACCEPTED, publish=False), at(S.PUBLISHED, publish=False), EntryEvent.PUBLISHED, None),
        (at(S.REFUSED), at(S.DECLINED), EntryEvent.DECLINED, None),
        (at(S.PUBLISHED), at(S.RECEIVED, 2), EntryEvent.REVISED, EntryEvent.UNPUBLISHED),
        (at(S.PUBLISHED), at(S.WITHDRAWN), EntryEvent.WITHDRAWN, EntryEvent.UNPUBLISHED),
        (at(S.PUBLISHED), at(S.MERGED), EntryEvent.MERGED, EntryEvent.UNPUBLISHED),
        (at(S.RECEIVED), at(S.SPAM), EntryEvent.SET_ASIDE, None),
        (at(S.SPAM), at(S.RECEIVED), EntryEvent.REINSTATED, None),
        (at(S.PUBLISHED), at(S.PUBLISHED, person=False), EntryEvent.ANONYMIZED, EntryEvent.ANONYMIZED),
        (at(S.PUBLISHED), None, EntryEvent.ERASED, EntryEvent.ERASED),
        (at(S.RECEIVED), None, EntryEvent.ERASED, None),
        (None, None, None, None),
        (at(S.PUBLISHED), at(S.PUBLISHED), None, None),
    ],
)
def test_what_a_change_is_to_each_kind_of_receiver(
    before: Snapshot | None, after: Snapshot | None, event: EntryEvent | None, public: EntryEvent | None
) -> None:
    assert event_of(before, after) is event
    assert public_event_of(before, after) is public


def test_a_mirror_of_the_public_register_always_ends_with_what_is_public() -> None:
    """Whatever becomes of an entry: by its events alone the mirror knows whether it is shown."""
    every = [None, *(at(*each) for each in product(S, (1, 2)))]
    for before, after in product(every, every):
        was, is_ = (each is not None and each.public for each in (before, after))
        event = public_event_of(before, after)
        assert event is None or event in PUBLIC_EVENTS
        shown = {None: was, EntryEvent.PUBLISHED: True, EntryEvent.UNPUBLISHED: False, EntryEvent.ERASED: False}[event]
        assert shown == is_, (before, after)


@pytest.mark.parametrize(
    "address, allowed",
    [
        *(("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("10.1.2.3", True)),
        *(("127.0.0.1", False), ("10.2.0.1", False), ("192.168.0.7", False), ("169.254.169.254", False)),
        *(("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False)),
        *(("::ffff:10.2.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("100.64.0.1", False)),
    ],
)
def test_a_push_goes_to_the_public_internet_and_to_networks_that_are_allowed(address: str, allowed: bool) -> None:
    assert is_allowed(address, [ip_network("10.1.0.0/16")]) is allowed


def test_tries_come_ever_later_and_never_all_at_once() -> None:
    latest = [pause(failures, lambda: 1.0) for failures in range(16)]
    assert latest[:3] == [5, 10, 20] and latest[-1] == 6 * 3600
    assert all(pause(failures, lambda: 0.0) == most / 2 for failures, most in enumerate(latest))
    assert row_retry(3, NOW, NOW + timedelta(hours=1), lambda: 1.0) == NOW + timedelta(hours=1, seconds=40)
    assert row_retry(30, NOW, NOW + GIVEN_UP, lambda: 1.0) is None


def test_a_signature_is_what_the_standards_own_library_makes() -> None:
    body, moment = b'{"type":"x"}', NOW
    ours = headers("WSIS-2027-000001.2", int(moment.timestamp()), body, Receiver.model_validate(GOOD).keys)
    theirs = [Webhook(secret).sign("WSIS-2027-000001.2", moment, body.decode()) for secret in (NEW_SECRET, SECRET)]
    assert ours["webhook-signature"] == " ".join(theirs)


GOOD = {"name": "platform", "url": "https://platform.example.org/entries", "secrets": [NEW_SECRET, SECRET]}


@pytest.mark.parametrize(
    "slip",
    [
        *(
            {"url": "http://platform.example.org"},
            {"url": "https://user:word@platform.example.org"},
            {"url": "ftp://x"},
        ),
        *({"secrets": []}, {"secrets": ["whsec_short"]}, {"secrets": ["no secret at all, but a long text of words"]}),
        *(
            {"secrets": [SECRET] * 3},
            {"events": ["sold"]},
            {"name": "Two words"},
            {"answers": "some"},
            {"colour": "red"},
        ),
    ],
    ids=str,
)
def test_a_receiver_that_cannot_be_right_is_refused(slip: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        Receiver.model_validate({**GOOD, **slip})
    assert SECRET not in str(refused.value)


def test_a_receiver_gets_what_it_wants_and_never_more_than_it_may() -> None:
    assert Receiver.model_validate(GOOD).wish.events == frozenset(EntryEvent) - {EntryEvent.UNPUBLISHED}
    some = Receiver.model_validate({**GOOD, "events": ["published", "submitted"], "answers": "public"})
    assert some.wish.events == {EntryEvent.PUBLISHED}
