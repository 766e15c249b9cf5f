"""The places around the questionnaire: welcome, home, one's drafts, the language."""

from __future__ import annotations

from dialogs import choices
from dialogs.account.call_standing import standing_of_call
from dialogs.domain.conversation import AnswerStatus, CallState, Draft
from dialogs.domain.effects import DraftDiscarded, DraftRestored
from dialogs.domain.events import Chose, Event
from dialogs.domain.messages import Code, LanguageName, M, Moment
from dialogs.form import version_migration
from dialogs.form.answer_format import draft_name
from dialogs.form.correction import open_correction
from dialogs.form.new_entry import start_draft
from dialogs.form.next_question import open_question
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = [
    "continue_draft",
    "handle_discarding",
    "handle_drafts",
    "handle_home",
    "handle_language",
    "live_drafts",
    "render_discarding",
    "render_drafts",
    "render_home",
    "render_language",
]

DAY = 86_400
"""Seconds in which a discarded draft can be had back."""


def live_drafts(ctx: StepContext) -> list[Draft]:
    """The person's drafts that are not discarded, last touched first."""
    drafts = [draft for draft in ctx.conversation.drafts.values() if draft.discarded is None]
    return sorted(drafts, key=lambda draft: draft.touched, reverse=True)


def render_home(ctx: StepContext) -> Screen:
    """Where everything begins: what this is, the deadline, and the next thing to do first."""
    call = ctx.conversation.call
    drafts = [draft for draft in live_drafts(ctx) if ctx.conversation.correction_of(draft) is None]
    lines = [Line(Kind.TITLE, M("home.title"))]
    for asked in ctx.conversation.corrections.values():
        reference, due = Code(asked.reference), Moment(asked.due)
        lines.append(Line(Kind.TEXT, M("home.asked", len(asked.comments), reference=reference, due=due)))
    if not drafts and not ctx.conversation.entries:
        lines.append(Line(Kind.TEXT, M("home.what")))  # who has an entry knows what this is
    if call is not None:
        lines += standing_of_call(call, ctx.at)
    if drafts:
        lines.append(Line(Kind.TEXT, M("home.drafts", len(drafts))))
    elif ctx.conversation.person.consent:
        lines.append(Line(Kind.HINT, M("home.saved")))  # nothing is said to be kept before they agreed to that
    return Screen("home", tuple(lines), _home_ways(ctx, drafts), placeholder=M("placeholder.choose"))


def _home_ways(ctx: StepContext, drafts: list[Draft]) -> choices.Rows:
    call = ctx.conversation.call
    open_ = call is not None and call.state(ctx.at) is CallState.OPEN
    ways = [
        Choice(f"continue:{draft.id}", M("choice.continue", name=draft_name(draft)), number=number)
        for number, draft in enumerate(drafts[:3], start=1)
    ]
    rows = choices.column(
        choices.primary(f"correct:{reference}", M("choice.correct", reference=Code(reference)))
        for reference in ctx.conversation.corrections
    )
    rows += choices.column(ways)
    if open_:
        new = (
            choices.primary(".new", M("choice.new_entry"))
            if not drafts
            else choices.quiet(".new", M("choice.new_entry"))
        )
        rows += choices.row(new, choices.quiet(".update", M("choice.update_entry")))
        rows += choices.row(choices.quiet(".template", M("choice.template")))
    if len(drafts) > 1:
        rows += choices.row(choices.quiet(".drafts", M("choice.drafts")))
    if any(entry.mine for entry in ctx.conversation.entries):
        rows += choices.row(choices.quiet(".entries", M("choice.my_entries")))
    if _is_greeted(ctx):
        return rows + _tongues(ctx) + choices.row(choices.quiet(".help", M("choice.help")))
    return rows + choices.row(
        choices.quiet(".language", M("choice.language")), choices.quiet(".help", M("choice.help"))
    )


def _is_greeted(ctx: StepContext) -> bool:
    """Whether this is somebody new, whose language nobody knows but by their app."""
    person, conversation = ctx.conversation.person, ctx.conversation
    return not (person.language_chosen or person.consent or conversation.drafts or conversation.entries)


def _tongues(ctx: StepContext) -> choices.Rows:
    offered = ctx.world.vocabulary.languages
    return choices.grid((Choice(code, LanguageName(code), number=n) for n, code in enumerate(offered, 1)), 3)


def handle_home(ctx: StepContext, event: Event) -> None:
    """A choice of the home screen; anything else is answered kindly."""
    if not isinstance(event, Chose):
        ctx.note(M("not_understood.home"))
        return
    name, _, argument = event.code.partition(":")
    if name == "continue":
        continue_draft(ctx, argument)
    elif name == "correct":
        open_correction(ctx, argument)
    elif name in ctx.world.vocabulary.languages:
        ctx.change_person(language=name, language_chosen=True)
        ctx.note(M("language.changed"))
    elif name == ".new":
        start_draft(ctx, "new")
    elif name == ".update":
        ctx.goto("updating")
    elif name == ".drafts":
        ctx.goto("drafts")
    elif name == ".language":
        ctx.push("language")
    elif name == ".help":
        ctx.note(M("help.text"))


def continue_draft(ctx: StepContext, id: str | None = None) -> None:
    """Go on with a draft (the last touched one) at its next open question, with where one was in a line."""
    drafts = live_drafts(ctx)
    draft = next((d for d in drafts if d.id == id), None) if id else (drafts[0] if drafts else None)
    if draft is None:
        ctx.note(M("drafts.none"))
        ctx.goto("home")
        return
    asked = ctx.conversation.correction_of(draft)
    if asked is not None:
        open_correction(ctx, asked.reference)
        return
    taken_over = not draft.is_handed and version_migration.take_over(ctx, draft)
    if not draft.is_handed and not taken_over and version_migration.is_asked_first(ctx, draft):
        return
    ctx.open_draft(draft.id)
    following = version_migration.first_asked(ctx) if taken_over else ctx.journey.next_open(_last_given(draft))
    ctx.note(M("continue.note", len(ctx.journey.open()), name=draft_name(draft)))
    if following is None:
        ctx.goto("review")
    else:
        open_question(ctx, following)


def _last_given(draft: Draft) -> str | None:
    """The key answered last: what one goes on after."""
    given = [
        (a.at, key) for key, a in draft.answers.items() if a.given is not AnswerStatus.COLLECTING and "@" not in key
    ]
    return max(given)[1] if given else None


def render_drafts(ctx: StepContext) -> Screen:
    """All drafts by name, with how far each is; discarded ones of the last day to have back.

    Somebody else's, of which we were handed a section, can be gone on with and nothing else.
    """
    lines = [Line(Kind.TITLE, M("drafts.title"))]
    rows: choices.Rows = ()
    for number, draft in enumerate(live_drafts(ctx), start=1):
        journey = ctx.journey_of(draft)
        done = len(journey.stops) - len(journey.open())
        lines.append(
            Line(
                Kind.ITEM,
                M("drafts.item", number=number, name=draft_name(draft), done=done, total=len(journey.stops)),
            )
        )
        lines.append(Line(Kind.HINT, M("drafts.touched", at=Moment(draft.touched))))
        rows += choices.row(Choice(f"continue:{draft.id}", M("choice.continue", name=draft_name(draft)), number=number))
        if not draft.is_handed:
            rows += choices.row(
                choices.quiet(f"duplicate:{draft.id}", M("choice.duplicate")),
                choices.quiet(f"discard:{draft.id}", M("choice.discard")),
            )
    for draft in _discarded(ctx):
        rows += choices.row(choices.quiet(f"restore:{draft.id}", M("choice.restore", name=draft_name(draft))))
    if len(lines) == 1:
        lines.append(Line(Kind.TEXT, M("drafts.none")))
    return Screen(
        "drafts",
        tuple(lines),
        rows + choices.row(choices.quiet(".new", M("choice.new_entry")), choices.home()),
    )


def _discarded(ctx: StepContext) -> list[Draft]:
    recent = ctx.conversation.drafts.values()
    return [d for d in recent if d.discarded and (ctx.tools.now - d.discarded).total_seconds() < DAY]


def handle_drafts(ctx: StepContext, event: Event) -> None:
    if not isinstance(event, Chose):
        ctx.note(M("not_understood.home"))
        return
    name, _, argument = event.code.partition(":")
    if name == "continue":
        continue_draft(ctx, argument)
    elif name == "discard":
        ctx.goto("discarding", draft=argument)
    elif name == "restore":
        ctx.do(DraftRestored(argument))
        ctx.note(M("drafts.restored"))
    elif name == "duplicate":
        start_draft(ctx, "new", copy_of=ctx.conversation.drafts.get(argument))
    elif name == ".new":
        start_draft(ctx, "new")


def render_discarding(ctx: StepContext) -> Screen:
    """Asked before a draft is discarded."""
    draft = ctx.conversation.drafts.get(str(ctx.args.get("draft")))
    name = draft_name(draft) if draft else M("draft.unnamed")
    rows = choices.row(
        choices.danger("discard", M("choice.discard_yes")), choices.quiet(".drafts", M("choice.keep_it"))
    )
    return Screen(
        "discarding",
        (Line(Kind.TITLE, M("discard.ask", name=name)), Line(Kind.HINT, M("discard.undo"))),
        rows,
    )


def handle_discarding(ctx: StepContext, event: Event) -> None:
    """The last word. A draft that is gone meanwhile, or somebody else's, is an old button."""
    id = str(ctx.args.get("draft"))
    draft = ctx.conversation.drafts.get(id)
    if draft is None or draft.is_handed:
        ctx.note(M("odd.old_button"))
        ctx.goto("drafts")
    elif isinstance(event, Chose) and event.code == "discard":
        ctx.do(DraftDiscarded(id, ctx.at))
        if ctx.state.draft == id:
            ctx.open_draft(None)
        ctx.note(M("discard.done"))
        ctx.goto("drafts")
    elif isinstance(event, Chose):
        ctx.goto("drafts")
    else:
        ctx.note(M("not_understood.review"))


def render_language(ctx: StepContext) -> Screen:
    """Six languages, each called by its own name."""
    offered = ctx.world.vocabulary.languages
    rows = choices.grid((Choice(code, LanguageName(code), number=n) for n, code in enumerate(offered, 1)), 2)
    return Screen(
        "language",
        (Line(Kind.TITLE, M("language.ask")), Line(Kind.HINT, M("language.kept"))),
        rows + choices.row(choices.back()),
    )


def handle_language(ctx: StepContext, event: Event) -> None:
    """A language was chosen: everything is said in it from now on, answers stay."""
    code = event.code if isinstance(event, Chose) else ""
    if code in ctx.world.vocabulary.languages:
        ctx.change_person(language=code, language_chosen=True)
        ctx.note(M("language.changed"))
        _follow_then(ctx)
    elif code == ".back":
        _follow_then(ctx)
    else:
        ctx.note(M("not_understood.language"))


def _follow_then(ctx: StepContext) -> None:
    """Back to where one came from, and on to where the link leads that brought them."""
    link = ctx.args.get("then")
    ctx.link = link if isinstance(link, str) else None
    ctx.pop()
