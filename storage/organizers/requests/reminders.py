"""Requests about reminders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.reminders import MoveStep, ReadReminders, SayReminder, SwitchStep
from dialogs.domain.reminders.plan import PlanTrouble, ReminderPlan
from storage.organizers.requests.context import Handler, RequestContext
from storage.reminders import reminder_settings

__all__ = ["HANDLERS"]


def _read(context: RequestContext, request: ReadReminders) -> ReminderPlan:
    return reminder_settings.read(context.session)


def _switch(context: RequestContext, request: SwitchStep) -> ReminderPlan | PlanTrouble:
    plan = reminder_settings.read(context.session)
    return _keep(context, replace(plan, off=plan.off - {request.step} if request.on else plan.off | {request.step}))


def _move(context: RequestContext, request: MoveStep) -> ReminderPlan | PlanTrouble:
    plan = reminder_settings.read(context.session)
    return _keep(context, replace(plan, before={**plan.before, request.step: request.before}))


def _say(context: RequestContext, request: SayReminder) -> ReminderPlan | PlanTrouble:
    plan = reminder_settings.read(context.session)
    said = {**plan.texts.get(request.key, {}), request.language: request.text}
    said = {language: text for language, text in said.items() if text}
    return _keep(context, replace(plan, texts={**plan.texts, request.key: said}))


def _keep(context: RequestContext, plan: ReminderPlan) -> ReminderPlan | PlanTrouble:
    return reminder_settings.keep(context.session, context.person, plan, context.now) or plan


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    ReadReminders: _read,
    SwitchStep: _switch,
    MoveStep: _move,
    SayReminder: _say,
}
