"""Who of the contacts can be reached: in numbers that add up to the row.

A bot cannot write to someone who has not written to it first. So of everyone who is invited, some have started; of
these some can be written to, some have said that they want nothing, some have blocked the bot, and some use only the
web chat, where nobody is written to unasked.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlalchemy import select as rows
from sqlmodel import Session, col

from dialogs.domain.channels import PUSHED
from dialogs.domain.organizers.contacts import Group
from storage.messaging.notices import OptOut
from storage.tables import AccountRow, ContactRow, PersonRow

__all__ = ["NEWS", "by_country_and_language"]

NEWS = "news"
"""The topic of announcements."""


def by_country_and_language(session: Session) -> list[Group]:
    """The contacts by country and language, the largest group first."""
    started = col(ContactRow.person_id).is_not(None)
    stand = _standing()
    query = (
        rows(
            col(ContactRow.country),
            col(ContactRow.language),
            func.count(),
            *(_number(which) for which in (started, *(and_(started, stand == name) for name in STANDINGS))),
        )
        .select_from(ContactRow)
        .outerjoin(PersonRow, col(PersonRow.id) == col(ContactRow.person_id))
        .group_by(col(ContactRow.country), col(ContactRow.language))
    )
    groups = (Group(*row) for row in session.execute(query))
    return sorted(groups, key=lambda group: (-group.invited, group.country, group.language))


STANDINGS = ("reachable", "opted_out", "blocked", "web_only")
"""How someone who started stands: exactly one of these."""


def _standing() -> ColumnElement[str]:
    anywhere, open_ = _account(), _account(col(AccountRow.reachable).is_(True))
    opted = exists().where(col(OptOut.person_id) == col(ContactRow.person_id), col(OptOut.topic) == NEWS)
    return case(
        (~anywhere, "web_only"),
        (~open_, "blocked"),
        (or_(~col(PersonRow.news), opted), "opted_out"),
        else_="reachable",
    )


def _account(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        col(AccountRow.person_id) == col(ContactRow.person_id), col(AccountRow.channel).in_(PUSHED), *more
    )


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
