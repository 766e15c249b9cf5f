"""What organizers set about reminders, kept as one row: whoever plans or sends one agrees on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from dialogs.domain.reminders.plan import USUAL, PlanTrouble, ReminderPlan
from storage.organizers import organizers
from storage.tables.reminders import ReminderPlanRow

__all__ = ["keep", "read"]

ONLY = 1


def read(session: Session) -> ReminderPlan:
    """The plan that holds."""
    row = session.get(ReminderPlanRow, ONLY)
    if row is None:
        return USUAL
    before = {name: timedelta(hours=hours) for name, hours in row.hours_before.items()}
    return ReminderPlan(frozenset(row.switched_off), before, row.hour, row.texts)


def keep(session: Session, who: int | None, plan: ReminderPlan, now: datetime) -> PlanTrouble | None:
    """Let this plan hold from now on, in place of the one before; the trouble with it, if there is any."""
    trouble = plan.trouble()
    if trouble is not None:
        return trouble
    hours = {name: int(before / timedelta(hours=1)) for name, before in plan.before.items()}
    texts = {key: dict(said) for key, said in plan.texts.items() if said}
    row = ReminderPlanRow(
        id=ONLY, switched_off=sorted(plan.off), hours_before=hours, hour=plan.hour, texts=texts, changed=now
    )
    session.merge(row)
    organizers.record(session, who, "reminders_set", "", now)
    return None
