"""Requests for the yearly report."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.reports import ListReports, Ordered, OrderReport
from dialogs.domain.report import FORMS
from dialogs.questionnaire.register import values_of
from storage.organizers.requests.context import Handler, RequestContext
from storage.report import orders

__all__ = ["HANDLERS"]


def _list(context: RequestContext, request: ListReports) -> tuple[Ordered, ...]:
    return orders.listed(context.session)


def _order(context: RequestContext, request: OrderReport) -> tuple[Ordered, ...] | None:
    if request.form not in FORMS or request.language not in values_of("language"):
        return None
    wanted = (request.call, request.language, request.form, request.draft)
    return (
        orders.listed(context.session) if orders.order(context.session, context.person, *wanted, context.now) else None
    )


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {ListReports: _list, OrderReport: _order}
