"""How a question is put: one screen, with where one is, what is asked, the limits, and every way to answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from dialogs import choices
from dialogs.domain.conversation import AnswerStatus
from dialogs.domain.messages import Code, Listing, M, Message, Moment, Value
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.domain.values.geneva import GENEVA
from dialogs.form.answer_details import details_of
from dialogs.form.answer_format import answer_shown, option_shown
from dialogs.form.comments import comment_lines
from dialogs.form.input import list_input
from dialogs.form.progress import counted
from dialogs.knowledge import countries
from dialogs.knowledge.action_lines import number_of
from dialogs.matching.option import Option
from dialogs.questionnaire.journey import Status, Stop
from dialogs.questionnaire.options import options_of, readable
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = [
    "PAGE",
    "ask",
    "asked",
    "because",
    "is_begun",
    "limits_said",
    "listed",
    "offered",
    "offering",
    "selection",
    "takes_several",
]

PAGE = 8
"""Options on one page: what a phone shows without scrolling."""

FOLDED = 4
"""Options up to which a refusal repeats them."""

REASONED = 5
"""Suggestions whose reason is said."""

SEARCHED = (QuestionKind.COUNTRY, QuestionKind.COUNTRIES)

EDITED = (QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.EMAIL, QuestionKind.URL, QuestionKind.NUMBER)
"""Answers that a field shows as they are."""

EXPECTS = {
    QuestionKind.TEXT: Expect.TEXT,
    QuestionKind.LONG_TEXT: Expect.LONG_TEXT,
    QuestionKind.EMAIL: Expect.EMAIL,
    QuestionKind.URL: Expect.URL,
    QuestionKind.NUMBER: Expect.NUMBER,
    QuestionKind.MONTH: Expect.TEXT,
    QuestionKind.DATE: Expect.TEXT,
    QuestionKind.FILE: Expect.FILE,
    QuestionKind.ITEMS: Expect.TEXT,
    QuestionKind.PLACE: Expect.TEXT,
    QuestionKind.COUNTRY: Expect.SEARCH,
    QuestionKind.COUNTRIES: Expect.SEARCH,
}


def ask(ctx: StepContext, stop: Stop) -> Screen:
    """The screen of a question as it stands: open, being answered, or looked at again."""
    question = stop.question
    lines = [_progress(ctx, stop), Line(Kind.TITLE, asked(ctx, stop))]
    lines += comment_lines(ctx, stop.key)
    if not _are_folded(ctx, stop):
        lines += _explained(ctx, stop)
        lines += _spelled_out(ctx, stop)
    lines += _standing(ctx, stop)
    return Screen(
        name=f"filling/{question.id}",
        lines=tuple(lines),
        rows=_options(ctx, stop) + _ways(ctx, stop),
        expects=EXPECTS.get(question.kind, Expect.NOTHING),
        placeholder=M("placeholder.type") if question.kind in EXPECTS else M("placeholder.choose"),
        details=details_of(ctx, stop, _all_options(ctx, stop)),
    )


def offering(ctx: StepContext, stop: Stop) -> Screen:
    """The screen of a question with the choices of its rows alone."""
    return Screen(f"filling/{stop.question.id}", (), _options(ctx, stop) + _ways(ctx, stop))


def _progress(ctx: StepContext, stop: Stop) -> Line:
    journey = ctx.journey
    number, total = counted(journey, stop)
    sections = journey.sections
    section = next(n for n, section in enumerate(sections, start=1) if section.id == stop.section)
    place = M(
        "progress.question",
        title=sections[section - 1].title,
        section=section,
        sections=len(sections),
        number=number,
        total=total,
    )
    return Line(Kind.PROGRESS, place)


def asked(ctx: StepContext, stop: Stop) -> Message:
    """The question as a message, with the goal it is about and the report's year at hand."""
    values: dict[str, Value] = {"year": Code(str(ctx.call.year if ctx.call else ""))}
    if stop.member is not None:
        values["goal"] = M("choice.coded", code=Code(stop.member), label=Message(f"goal.{stop.member}"))
    if stop.question.role is QuestionRole.GOALS_CONFIRMED:
        values["goals"] = Listing(tuple(Code(goal) for goal in ctx.journey.facts.old_goals))
    if stop.question.role is QuestionRole.GOALS:
        values["mdgs"] = Listing(tuple(Code(str(goal)) for goal in ctx.journey.facts.value("mdgs") or ()))
    return Message(ctx.journey.wording(stop.question), values)


def _explained(ctx: StepContext, stop: Stop) -> Iterable[Line]:
    """Why, how long, how: all of it at first; once a long text is on its way, only its limits."""
    question = stop.question
    if question.kind is QuestionKind.LONG_TEXT and is_begun(ctx, stop):
        limits = limits_said(question)
        yield from () if limits is None else (Line(Kind.HINT, limits, repeated=True),)
        return
    if question.why:
        yield Line(Kind.TEXT, Message(question.text("why")))
    limits = limits_said(question)
    if limits is not None:
        yield Line(Kind.HINT, limits, repeated=question.kind is QuestionKind.LONG_TEXT)
    if question.example:
        yield Line(Kind.HINT, M("hint.example", example=Message(question.text("example"))))
    if question.kind in SEARCHED:
        yield Line(Kind.HINT, M("hint.country") if _likely(ctx, stop) else M("hint.country_typed"))
    if question.kind is QuestionKind.PLACE:
        yield Line(Kind.HINT, M("hint.place"))
    yield from _dated(stop)
    if question.kind is QuestionKind.SEVERAL:
        yield Line(Kind.HINT, M("hint.several"))


def is_begun(ctx: StepContext, stop: Stop) -> bool:
    """Whether a part of the answer is there already."""
    answer = ctx.journey.answer(stop)
    return answer is not None and answer.given is AnswerStatus.COLLECTING


def _dated(stop: Stop) -> Iterable[Line]:
    """What a date will change about this question, or has changed."""
    needed, settled = stop.question.required_from, stop.question.frozen_from
    if stop.frozen:
        yield Line(Kind.HINT, M("dated.frozen"))
        return
    if needed is not None and not stop.required:
        yield Line(Kind.HINT, M("dated.needed_from", day=beginning_of(needed)))
    if settled is not None:
        yield Line(Kind.HINT, M("dated.change_until", day=beginning_of(settled)))


def beginning_of(day: date) -> Moment:
    """The moment at which a day begins in Geneva."""
    return Moment(datetime(day.year, day.month, day.day, tzinfo=GENEVA).astimezone(UTC))


def _spelled_out(ctx: StepContext, stop: Stop) -> Iterable[Line]:
    """Options in full where the buttons are too small for them, and why suggestions are made."""
    if stop.question.options == "targets":
        yield from listed(offered(ctx, stop), stop.question)
    if stop.question.options in ("suggested_goals", "goals_by_fit"):
        yield from because(offered(ctx, stop))


def limits_said(question: Question) -> Message | None:
    """The limits, before they are hit."""
    limits = question.limits
    if limits.min_words and limits.max_words:
        return M("hint.words_between", min=limits.min_words, max=limits.max_words)
    if limits.max_words:
        return M("hint.words_at_most", limits.max_words)
    if limits.max_files:
        return M("hint.files", files=limits.max_files, megabytes=limits.max_mb_each or 20)
    if question.kind is QuestionKind.ITEMS and limits.max:
        return M("hint.items_at_most", limits.max)
    if question.kind is QuestionKind.ITEMS:
        return M("hint.items")
    if question.kind is QuestionKind.TEXT and limits.max_chars:
        return M("hint.chars_at_most", limits.max_chars)
    return None


def selection(ctx: StepContext, stop: Stop) -> list[Any]:
    """What is chosen so far at a question with several answers (or the files sent so far)."""
    answer = ctx.journey.answer(stop)
    if answer is not None and answer.given is not AnswerStatus.SKIPPED:
        return list(answer.value or [])
    old = ctx.journey.old(stop)
    return _home(ctx, stop) if old is None else []


def _home(ctx: StepContext, stop: Stop) -> list[Any]:
    """The organization's country, as a first answer to where the activity is; none where it spans a region."""
    facts = ctx.journey.facts
    home = facts.played(QuestionRole.ORGANIZATION_COUNTRY)
    spans = facts.played(QuestionRole.COVERAGE) == "regional"
    is_asked = stop.question.role is QuestionRole.COUNTRIES
    return [home] if is_asked and home and home != countries.INTERNATIONAL and not spans else []


def _standing(ctx: StepContext, stop: Stop) -> Iterable[Line]:
    """What is answered already: old answers, the present one, or the part that has been sent so far."""
    journey, question, draft = ctx.journey, stop.question, ctx.journey.draft
    answer, old = journey.answer(stop), journey.old(stop)
    if takes_several(question):
        chosen = selection(ctx, stop)
        if chosen:
            there = M("standing.chosen", answer=answer_shown(question, chosen, draft))
            yield Line(Kind.ITEM, there, repeated=question.kind is not QuestionKind.COUNTRIES)
    elif answer is not None and answer.given is AnswerStatus.ANSWERED:
        shown = M("standing.now", answer=answer_shown(question, answer.value, draft))
        yield Line(Kind.ITEM, shown, repeated=question.kind in EDITED)
    elif answer is not None and answer.given is AnswerStatus.SKIPPED:
        yield Line(Kind.ITEM, M("standing.skipped"))
    if old is not None:
        answer_before = answer_shown(question, old, draft)
        known = draft.revises is None and ctx.conversation.known.get(stop.key) == old
        said = M("standing.known", answer=answer_before) if known else M("standing.old", answer=answer_before)
        yield Line(Kind.ITEM, said)
    if is_begun(ctx, stop) and question.kind is QuestionKind.LONG_TEXT and answer is not None and not ctx.notes:
        yield Line(Kind.QUOTE, str(answer.value), repeated=True)


def offered(ctx: StepContext, stop: Stop) -> tuple[Option, ...]:
    """The options on the page one is looking at; all of them when they fit on one."""
    options = options_of(stop, ctx.journey.facts)
    region = ctx.args.get("region")
    if stop.question.kind in SEARCHED:
        likely = tuple(option for option in options if option.code in _likely(ctx, stop))
        whole = tuple(option for option in options if option.code == (region or countries.WORLD))
        members = _by_name(ctx, (o for o in options if countries.region_of(o.code) == region))
        options = (*whole, *members) if region else tuple(dict.fromkeys((*likely, *whole)))
    return options


def _by_name(ctx: StepContext, options: Iterable[Option]) -> tuple[Option, ...]:
    """Options in the order in which readers look for their names."""
    by_label = {option.label: option for option in options}
    return tuple(by_label[label] for label in ctx.world.vocabulary.speaking.in_order(by_label, ctx.language))


def _likely(ctx: StepContext, stop: Stop) -> set[str]:
    """Countries worth a button before anything is typed: those in hand, and the organisation's own."""
    facts = ctx.journey.facts
    asked_of_organization = stop.question.role is QuestionRole.ORGANIZATION_COUNTRY
    likely = set() if asked_of_organization else {facts.played(QuestionRole.ORGANIZATION_COUNTRY)}
    if asked_of_organization and facts.played(QuestionRole.ORGANIZATION_KIND) == "INT":
        likely.add(countries.INTERNATIONAL)
    if stop.question.kind is QuestionKind.COUNTRIES:
        likely |= set(selection(ctx, stop))
    return {code for code in likely if code}


def _options(ctx: StepContext, stop: Stop) -> choices.Rows:
    candidates = ctx.args.get("candidates")
    if candidates:
        return _offered_back(ctx, stop, _named(ctx, stop, candidates))
    if stop.question.kind is QuestionKind.ITEMS:
        return list_input.rows(ctx, stop)
    options = offered(ctx, stop)
    if _are_folded(ctx, stop):
        return choices.row(choices.quiet(".choices", M("choice.show_choices")))
    if stop.question.options == "targets":
        return choices.grid((_code_choice(ctx, stop, option) for option in options), 4)
    if stop.question.kind is QuestionKind.YES_NO:
        return (tuple(_choice(ctx, stop, option) for option in options),)
    page = min(int(ctx.args.get("page", 0)), max(0, (len(options) - 1) // PAGE))
    if not _is_paged(options):
        return choices.column(_choice(ctx, stop, option, options) for option in options)
    shown = options[page * PAGE : (page + 1) * PAGE]
    return choices.column(_choice(ctx, stop, option, options) for option in shown) + _pages(len(options), page)


def _are_folded(ctx: StepContext, stop: Stop) -> bool:
    """Whether the options stay away for now: they stand above the answer that was not understood, and are many."""
    is_choice = stop.question.kind in (QuestionKind.ONE, QuestionKind.SEVERAL)
    folded = ctx.state.misses > 0 and not ctx.args.get("all") and not ctx.args.get("candidates")
    return folded and is_choice and len(offered(ctx, stop)) > FOLDED


def _is_paged(options: tuple[Option, ...]) -> bool:
    return len(options) > PAGE + 3


def _all_options(ctx: StepContext, stop: Stop) -> tuple[Choice, ...]:
    """All options, where the rows show a page of them; those of a list that is searched are found by typing."""
    if ctx.args.get("candidates") or stop.question.kind in SEARCHED or stop.question.options == "targets":
        return ()
    options = offered(ctx, stop)
    folded = _is_paged(options) or _are_folded(ctx, stop)
    return tuple(_choice(ctx, stop, option, options) for option in options) if folded else ()


def _offered_back(ctx: StepContext, stop: Stop, found: tuple[Option, ...]) -> choices.Rows:
    """What a text may have meant, numbered from one; and a way to all options again."""
    several = stop.question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES)
    chosen = set(map(str, selection(ctx, stop))) if several else set()
    rows = choices.column(
        Choice(option.code, _label(stop.question, option), chosen=option.code in chosen if several else None, number=n)
        for n, option in enumerate(found, start=1)
    )
    return rows + choices.row(choices.quiet(".none", M("choice.none_of_these")))


def _named(ctx: StepContext, stop: Stop, codes: Iterable[str]) -> tuple[Option, ...]:
    every = {option.code: option for option in readable(stop, ctx.journey.facts)}
    return tuple(every[code] for code in codes if code in every)


def _choice(ctx: StepContext, stop: Stop, option: Option, among: tuple[Option, ...] = ()) -> Choice:
    several = stop.question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES)
    chosen = option.code in map(str, selection(ctx, stop)) if several else None
    number = among.index(option) + 1 if among and stop.question.options not in CODED else None
    label, reason = _label(stop.question, option), option.detail if isinstance(option.detail, Message) else None
    full = option_shown(stop.question, option.code) if option.short is not None else None
    return Choice(option.code, label, chosen=chosen, number=number, full=full, reason=reason)


def _code_choice(ctx: StepContext, stop: Stop, option: Option) -> Choice:
    chosen = option.code in selection(ctx, stop)
    return Choice(option.code, Code(option.code), chosen=chosen, full=option_shown(stop.question, option.code))


CODED = {
    "action_lines",
    "sublines",
    "chosen_lines",
    "suggested_goals",
    "other_goals",
    "goals_by_fit",
    "chosen_goals",
    "targets",
}


def _label(question: Question, option: Option) -> Value:
    if question.options in ("action_lines", "sublines", "chosen_lines") and option.short is not None:
        return M("choice.coded", code=Code(number_of(option.code)), label=option.short)
    if question.options in CODED:
        return M("choice.coded", code=Code(option.code), label=option.label)
    return option.short or option.label


def _pages(count: int, page: int) -> choices.Rows:
    last = (count - 1) // PAGE
    earlier = choices.quiet(f".page:{page - 1}", M("choice.previous_page")) if page > 0 else None
    later = choices.quiet(f".page:{page + 1}", M("choice.next_page", page=page + 2, pages=last + 1))
    return choices.row(earlier, later if page < last else None)


def _ways(ctx: StepContext, stop: Stop) -> choices.Rows:
    """The ways on: keep or confirm what is there, skip, back, help."""
    return _onward(ctx, stop) + _regions(ctx, stop) + _skips(ctx, stop) + _around(ctx, stop)


def _onward(ctx: StepContext, stop: Stop) -> choices.Rows:
    journey, question = ctx.journey, stop.question
    answer = journey.answer(stop)
    rows: choices.Rows = ()
    if journey.old(stop) is not None:
        rows += choices.row(choices.primary(".keep", M("choice.keep")))
    kept = [s for s in journey.of(stop.section) if journey.status(s) is Status.OPEN and journey.old(s) is not None]
    if any(other.key != stop.key for other in kept):
        rows += choices.row(choices.quiet(".keep_section", M("choice.keep_section", len(kept))))
    if takes_several(question) and selection(ctx, stop):
        rows += choices.row(choices.primary(".done", M("choice.done")))
    elif answer is not None and answer.given is AnswerStatus.COLLECTING:
        rows += _collecting()
    elif answer is not None:
        rows += choices.row(choices.primary(".next", M("choice.next")))
    if ctx.args.get("better") is not None:
        rows += choices.row(
            choices.primary(".better", M("choice.use", value=Code(str(ctx.args["better"])))),
            choices.quiet(".mine", M("choice.keep_mine", value=Code(str(ctx.args["mine"])))),
        )
    return rows


def takes_several(question: Question) -> bool:
    """Whether the answer is a list that is put together bit by bit."""
    return question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES, QuestionKind.FILE, QuestionKind.ITEMS)


def _collecting() -> choices.Rows:
    return choices.row(choices.primary(".done", M("choice.done"))) + choices.row(
        choices.quiet(".undo", M("choice.undo_last")), choices.quiet(".restart", M("choice.start_over"))
    )


def _regions(ctx: StepContext, stop: Stop) -> choices.Rows:
    if stop.question.kind not in SEARCHED:
        return ()
    if ctx.args.get("region"):
        return choices.row(choices.quiet(".region:", M("choice.all_regions")))
    if not ctx.args.get("browse"):
        return choices.row(choices.quiet(".browse", M("choice.browse_regions")))
    regions = (choices.quiet(f".region:{code}", Message(f"region.{code}")) for code in countries.REGIONS)
    return choices.grid(regions, 2)


def _skips(ctx: StepContext, stop: Stop) -> choices.Rows:
    """Ways past what is empty; where something is there, the only way to lose it is called by its name."""
    if ctx.args.get("removed") is not None:
        return choices.row(choices.quiet(".put_back", M("choice.put_back")))
    if stop.required:
        return ()
    journey = ctx.journey
    answer, old = journey.answer(stop), journey.old(stop)
    removable = (
        (AnswerStatus.ANSWERED, AnswerStatus.COLLECTING)
        if stop.question.kind is QuestionKind.FILE
        else (AnswerStatus.ANSWERED,)
    )
    if old is not None or (answer is not None and answer.given in removable):
        return choices.row(choices.quiet(".remove", M("choice.remove_answer")))
    if answer is not None:
        return ()
    return choices.row(choices.quiet(".skip", M("choice.skip"))) + _shorter(ctx, stop)


def _shorter(ctx: StepContext, stop: Stop) -> choices.Rows:
    """Ways past several empty questions at once."""
    journey = ctx.journey
    here = [s for s in journey.open() if s.section == stop.section]
    left = [s for s in here if not s.required and journey.old(s) is None and not is_begun(ctx, s)]
    kept = any(journey.old(s) is not None for s in here)
    rest = choices.quiet(".skip_section", M("choice.skip_section", len(left))) if len(left) > 1 and not kept else None
    whole = not ctx.args.get("return") and not journey.draft.is_handed
    short = choices.quiet(".short", M("choice.short_way")) if whole else None
    return choices.row(rest) + choices.row(short)


def _around(ctx: StepContext, stop: Stop) -> choices.Rows:
    back = choices.back() if ctx.journey.before(stop.key) or ctx.args.get("return") else None
    later = choices.quiet(".later", M("choice.later")) if _may_wait(ctx, stop) else None
    return choices.row(back, later, choices.quiet(".help", M("choice.help")))


def _may_wait(ctx: StepContext, stop: Stop) -> bool:
    """Whether a required question can be left for later: after bad answers, or when somebody cannot answer it."""
    stuck = ctx.state.misses >= 3 or bool(ctx.args.get("stuck"))
    return stuck and stop.required and not ctx.journey.cannot_wait(stop)


def listed(options: Iterable[Option], question: Question) -> Iterable[Line]:
    """Options written out, where the buttons bear only codes."""
    for option in options:
        yield Line(Kind.ITEM, option_shown(question, option.code), repeated=True)


def because(options: Iterable[Option]) -> Iterable[Line]:
    """Why the first suggestions are made, in a line each; the others stand on the buttons alone."""
    for option in islice(options, REASONED):
        if isinstance(option.detail, Message):
            reason = M("goals.reason", goal=Code(option.code), label=option.label, reason=option.detail)
            yield Line(Kind.ITEM, reason, repeated=True)
