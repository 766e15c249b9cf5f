"""Requests about the console."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.console import ConsoleLink, MintConsoleLink, SignOutEverywhere
from storage.announcements import messaging_settings
from storage.organizers import console
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]


def _mint(context: RequestContext, request: MintConsoleLink) -> ConsoleLink:
    token = context.token()
    until = console.mint(context.session, context.person, token, context.now)
    return ConsoleLink(f"/organize/enter/{token}", until, messaging_settings.terms(context.session).site)


def _sign_out(context: RequestContext, request: SignOutEverywhere) -> None:
    console.sign_out_everywhere(context.session, context.person)
    context.record("console_left")


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {MintConsoleLink: _mint, SignOutEverywhere: _sign_out}
