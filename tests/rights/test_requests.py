"""What anybody may ask of the store: it answers about the one who asks, and changes nothing of anybody else's."""

from __future__ import annotations

from typing import get_args

import pytest
from sqlmodel import Session

from dialogs.domain.conversation import Entry
from dialogs.domain.effects import (
    ContactOrganizers,
    FindEntries,
    FindSimilar,
    Forget,
    GatherMyData,
    LookAtEntry,
    Query,
    ReadPublished,
    ReadReceipt,
    SearchRegister,
    TakeHandOver,
    TakeInvitation,
    TakePersonalLink,
    UnwantedTopics,
    UseLateCode,
    VerifyReceipt,
    WithdrawEntry,
    WriteToReviewer,
)
from dialogs.domain.entries.followed_search import FollowedSearches
from dialogs.domain.link_requests import (
    AgreeToJoin,
    AskToJoin,
    ConfirmJoin,
    JoinRequest,
    LookAtJoin,
    OfferJoin,
    RefuseJoin,
    WithdrawJoin,
)
from dialogs.domain.mailbox import AllowMail, DeclineMail, LookAtMail
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.entry_search import Wanted
from storage.entries import rights
from storage.people import account_linking, conversations
from tests.driver import IN_SEASON, MACHINE, ON_ONE_ENGINE, Stage
from tests.rights.cast import assemble, rows, seen_by_mistake
from tests.rights.test_places import taken_from_others

pytestmark = pytest.mark.feature("S3", "S4")

AT = IN_SEASON
BY_LINK = {TakeHandOver, TakeInvitation, TakePersonalLink, UseLateCode}
"""Tried as links are followed."""

REQUESTS: tuple[Query, ...] = (
    UnwantedTopics(),
    FollowedSearches(),
    LookAtMail(),
    AllowMail("somebody@example.org", False, AT),
    DeclineMail("somebody@example.org", AT),
    FindEntries("An entry"),
    FindEntries("WSIS-2027-000900"),
    FindSimilar("An entry", "A body", "KE"),
    LookAtEntry("WSIS-2027-000900"),
    SearchRegister(Wanted(words="entry")),
    ReadPublished("WSIS-2027-000900"),
    ReadReceipt("WSIS-2027-000900"),
    VerifyReceipt("eyJ.not.one"),
    GatherMyData(),
    ContactOrganizers("A question", AT),
    OfferJoin(AT),
    AskToJoin(AT, "ABCD-EFGH"),
    AgreeToJoin(AT),
    WithdrawJoin(AT),
    LookAtJoin(AT),
    ConfirmJoin(AT, 1),
    RefuseJoin(AT),
    WithdrawEntry("WSIS-2027-000900", AT),
    WriteToReviewer("WSIS-2027-000900", "A question", AT),
    Forget(AT),
)


def test_every_request_is_thought_of() -> None:
    kinds = {kind for kind in get_args(Query) if kind not in (JoinRequest, OrganizersRequest)}
    kinds |= set(JoinRequest.__subclasses__())
    tried = {type(request) for request in REQUESTS}
    assert {kind.__name__ for kind in kinds - set(rights.RULES) - BY_LINK} == {kind.__name__ for kind in tried}


@ON_ONE_ENGINE
@pytest.mark.parametrize("with_code", [False, True])
async def test_whatever_somebody_asks_is_about_themselves(stage: Stage, with_code: bool) -> None:
    """`with_code`: Ana shows a code for another app just now; nobody has written it down."""
    cast = await assemble(stage)
    assert cast.ids["ana"] == 1
    if with_code:
        await stage.database.write(
            lambda session: account_linking.offer(session, cast.ids["ana"], AT, lambda: "secretcode")
        )
    before = await stage.database.read(rows)

    def ask(session: Session, name: str) -> None:
        for request in REQUESTS:
            undone = session.begin_nested()
            result = conversations.fulfil(
                session, cast.ids[name], request, now=AT, token=lambda: "t0k3n", portions=MACHINE.portion
            )
            entries = result if isinstance(result, tuple) else ()
            assert not any(isinstance(each, Entry) and (each.mine or each.answers) for each in entries)
            assert not seen_by_mistake(name, repr(result)), (name, request)
            assert not taken_from_others(cast, name, before, rows(session)), (name, request)
            undone.rollback()

    for name in ("bob", "carl", "sam", "felix", "organizer"):
        await stage.database.write(lambda session, name=name: ask(session, name))
