"""Who the organizers are: their roles, invitations for new ones, and taking a role away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M, Message, Moment, Value
from dialogs.domain.organizers.team import (
    ChangeRole,
    Invitation,
    Invite,
    ListInvitations,
    ListOrganizers,
    Remove,
    RevokeInvitation,
)
from dialogs.domain.roles import ROLE_NAMES, Right, Role
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES", "named"]


def open_people(ctx: StepContext) -> None:
    """Look the organizers up; they are shown when the answer is there."""
    enter(ctx, "organizers")
    ctx.ask(ListOrganizers())


def named(name: str, person: int | None) -> Value:
    """What someone is called in lists: their own name, else a number."""
    return name or M("organize.nameless", number=person or 0)


def render_people(ctx: StepContext) -> Screen:
    lines = [Line(Kind.TITLE, M("organizers.title"))]
    ways: list[Choice] = []
    for number, (person, name, role, in_settings) in enumerate(ctx.args.get("people", ()), 1):
        who, what = named(name, person), ROLE_NAMES[Role(role)]
        key = "organizers.item_settings" if in_settings else "organizers.item"
        lines.append(Line(Kind.ITEM, Message(key, {"number": number, "name": who, "role": what})))
        if not in_settings:
            ways.append(Choice(f"who:{person}", M("choice.who", name=who), number=number))
    invite = choices.row(
        choices.primary(".invite", M("choice.invite")), choices.quiet(".invitations", M("choice.invitations"))
    )
    return Screen("organizers", tuple(lines), choices.grid(ways, 2) + invite + ways_out())


def handle_people(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(people=[[each.person, each.name, each.role.value, each.named] for each in event.result])
        return
    code = event.code if isinstance(event, Chose) else ""
    if code == ".invite":
        ctx.goto("organizers_invite")
    elif code == ".invitations":
        ctx.goto("organizers_invitations")
        ctx.ask(ListInvitations())
    elif code.startswith("who:"):
        _look_at(ctx, int(code.partition(":")[2]))
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _look_at(ctx: StepContext, person: int) -> None:
    for id, name, role, _ in ctx.args.get("people", ()):
        if id == person:
            ctx.goto("organizers_one", person=id, name=name, role=role)


def _roles(roles: Iterable[Role]) -> choices.Rows:
    return choices.column(Choice(role.value, ROLE_NAMES[role], number=n) for n, role in enumerate(roles, 1))


def render_invite(ctx: StepContext) -> Screen:
    """Which role, with what each may do; then the link."""
    if "token" in ctx.args:
        return _invited(ctx)
    lines = (
        Line(Kind.TITLE, M("organizers.invite")),
        *(Line(Kind.ITEM, M("organizers.what_one_may", role=ROLE_NAMES[role], what=WHAT[role])) for role in Role),
    )
    return Screen("organizers_invite", lines, _roles(Role) + ways_out())


def _invited(ctx: StepContext) -> Screen:
    link = f"/start org-{ctx.args['token']}"
    lines = (
        Line(Kind.TITLE, M("organizers.invited")),
        Line(Kind.TEXT, M("organizers.send_this")),
        Line(Kind.QUOTE, Code(link)),
        Line(Kind.HINT, M("organizers.once", until=Moment(datetime.fromisoformat(str(ctx.args["until"]))))),
    )
    return Screen("organizers_invite", lines, choices.row(Choice(".copy", M("choice.copy"), copies=link)) + ways_out())


def handle_invite(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult) and isinstance(event.result, Invitation):
        ctx.update(token=event.result.token, until=event.result.until.isoformat())
    elif isinstance(event, Chose) and event.code in set(Role):
        ctx.ask(Invite(Role(event.code)))
    elif isinstance(event, Chose):
        open_people(ctx)
    else:
        ctx.note(M("not_understood.review"))


def render_invitations(ctx: StepContext) -> Screen:
    """Links that nobody has used yet: for which role, by whom, until when; each can be ended."""
    lines = [Line(Kind.TITLE, M("organizers.open"))]
    ways: list[Choice] = []
    for number, (handle, role, by, name, until) in enumerate(ctx.args.get("open", ()), 1):
        who = named(name, by) if by is not None else M("log.command_line")
        end = Moment(datetime.fromisoformat(until))
        lines.append(
            Line(Kind.ITEM, M("organizers.open_item", number=number, role=ROLE_NAMES[Role(role)], name=who, until=end))
        )
        ways.append(Choice(f"end:{handle}", M("choice.invitation_end", number=number), number=number))
    if not ways:
        lines.append(Line(Kind.TEXT, M("organizers.none_open")))
    return Screen("organizers_invitations", tuple(lines), choices.column(ways) + ways_out())


def handle_invitations(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(open=[[i.handle, i.role.value, i.by, i.name, i.until.isoformat()] for i in event.result])
    elif isinstance(event, Chose) and event.code.startswith("end:"):
        ctx.note(M("organizers.ended"))
        ctx.ask(RevokeInvitation(event.code.partition(":")[2]))
    elif isinstance(event, Chose):
        open_people(ctx)
    else:
        ctx.note(M("not_understood.review"))


def render_one(ctx: StepContext) -> Screen:
    """One organizer: another role, or none."""
    name, role = named(str(ctx.args["name"]), int(ctx.args["person"])), Role(ctx.args["role"])
    title = Line(Kind.TITLE, M("organizers.one", name=name, role=ROLE_NAMES[role]))
    if ctx.args.get("removing"):
        lines = (title, Line(Kind.TEXT, M("organizers.remove_ask", name=name)))
        sure = choices.row(choices.danger("remove", M("choice.remove_yes")))
        return Screen("organizers_one", lines, sure + choices.row(choices.primary(".keep", M("choice.keep_it"))))
    rows = _roles(other for other in Role if other is not role)
    remove = choices.row(choices.danger(".remove", M("choice.remove_role")))
    return Screen("organizers_one", (title, Line(Kind.HINT, M("organizers.at_once"))), rows + remove + ways_out())


def handle_one(ctx: StepContext, event: Event) -> None:
    person = int(ctx.args["person"])
    if isinstance(event, QueryResult):
        ctx.note(M("organizers.changed") if event.result else M("organizers.not_changed"))
        open_people(ctx)
    elif not isinstance(event, Chose):
        ctx.note(M("not_understood.review"))
    elif event.code in set(Role):
        ctx.ask(ChangeRole(person, Role(event.code)))
    elif event.code == ".remove":
        ctx.update(removing=True)
    elif event.code == "remove":
        ctx.ask(Remove(person))
    elif event.code == ".keep":
        ctx.update(removing=None)
    else:
        open_people(ctx)


WHAT = {
    Role.OWNER: M("role.owner.may"),
    Role.ORGANIZER: M("role.organizer.may"),
    Role.REVIEWER: M("role.reviewer.may"),
    Role.TRANSLATOR: M("role.translator.may"),
}

ENTRY = MenuEntry("organizers", M("choice.organizers"), Right.ORGANIZERS, open_people)

ROUTES = {
    "organizers": OrganizerRoute(Right.ORGANIZERS, render_people, handle_people),
    "organizers_invite": OrganizerRoute(Right.ORGANIZERS, render_invite, handle_invite),
    "organizers_invitations": OrganizerRoute(Right.ORGANIZERS, render_invitations, handle_invitations),
    "organizers_one": OrganizerRoute(Right.ORGANIZERS, render_one, handle_one),
}
