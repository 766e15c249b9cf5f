"""Scoring an entry, one criterion after the other; or abstaining. Others' scores are seen once one's own is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.criteria import MIDDLES, figure, label_of, listed
from dialogs.domain.entries.review import Dossier, Trouble
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, Listing, M, Moment, Value
from dialogs.domain.organizers.review import LookAtEntry, ScoreEntry
from dialogs.domain.roles import Right
from dialogs.domain.scores import HIGHEST, LONGEST_REMARK, LOWEST, Criterion, Rubric, Score, Scoring, total
from dialogs.form.comments import in_lines
from dialogs.organizers.flow import OrganizerRoute, ways_out
from dialogs.organizers.review.words import TROUBLES
from dialogs.organizers.team import named
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES", "given_words", "scoring_lines"]

LEFT_OUT = 0
"""Kept for a criterion that was passed over: one that counts for nothing."""


def scoring_lines(scoring: Scoring | None) -> Iterator[Line]:
    """By what an entry is scored, what one gave, and what the others gave, as far as one may know."""
    if scoring is None:
        return
    yield Line(Kind.HINT, M("scoring.criteria", criteria=listed(scoring.rubric)))
    if scoring.own is None:
        yield Line(Kind.HINT, M("scoring.yours_first"))
    else:
        yield Line(Kind.ITEM, M("scoring.own", given=given_words(scoring.rubric, scoring.own)))
        yield from in_lines(scoring.own.remark, Kind.QUOTE) if scoring.own.remark else ()
    for score in scoring.others:
        given = given_words(scoring.rubric, score)
        who = named(score.name, score.person) if score.person is not None else M("scoring.somebody")
        said = M("scoring.other", name=who, given=given, version=score.version, at=Moment(score.at, date_only=True))
        yield Line(Kind.ITEM, said)
        yield from in_lines(score.remark, Kind.QUOTE) if score.remark else ()
    if scoring.total is not None:
        middle = MIDDLES[scoring.rubric.middle]
        yield Line(Kind.TEXT, M("scoring.total", total=figure(scoring.total), middle=middle, most=HIGHEST))


def given_words(rubric: Rubric, score: Score) -> Value:
    """What a reviewer gave: `4.2 (Relevance 4, Impact 5)`, or that they abstained."""
    if score.given is None:
        return M("scoring.abstained")
    items = tuple(
        M("scoring.weighed_given", name=label_of(each.name), score=score.given[each.name])
        for each in rubric.criteria
        if each.name in score.given
    )
    found = total(rubric, score.given)
    if found is None:
        return Listing(items)
    return M("scoring.sum", total=figure(found), scores=Listing(items)) if items else figure(found)


def render(ctx: StepContext) -> Screen:
    """The next criterion; after the last one, room for a remark."""
    dossier = ctx.conversation.dossier
    if dossier is None or dossier.scoring is None:
        return Screen("organize_review_score", (Line(Kind.TITLE, M("trouble.gone")),), ways_out())
    criterion = _next(ctx, dossier.scoring.rubric)
    if criterion is None:
        return _remark(ctx, dossier)
    rubric, own = dossier.scoring.rubric, dossier.scoring.own
    number = rubric.criteria.index(criterion) + 1
    name = label_of(criterion.name)
    lines = [
        Line(Kind.TITLE, M("scoring.step", number=number, of=len(rubric.criteria), name=name)),
        Line(Kind.TEXT, dossier.title or M("draft.unnamed")),
        Line(Kind.HINT, M("scoring.scale", lowest=LOWEST, highest=HIGHEST)),
    ]
    if own is not None and own.given is not None and criterion.name in own.given:
        lines.append(Line(Kind.TEXT, M("scoring.before", score=own.given[criterion.name])))
    scale = (Choice(f"score:{n}", Code(str(n)), number=n) for n in range(LOWEST, HIGHEST + 1))
    skip = choices.quiet(".skip", M("choice.skip")) if not criterion.weight else None
    abstain = choices.quiet(".abstain", M("choice.abstain")) if number == 1 else None
    rows = choices.row(*scale) + choices.row(skip, abstain) + ways_out()
    return Screen("organize_review_score", tuple(lines), rows, placeholder=M("placeholder.choose"))


def _given(ctx: StepContext) -> Mapping[str, int]:
    found = ctx.args.get("given")
    return found if isinstance(found, Mapping) else {}


def _next(ctx: StepContext, rubric: Rubric) -> Criterion | None:
    if ctx.args.get("abstains"):
        return None
    return next((each for each in rubric.criteria if each.name not in _given(ctx)), None)


def _remark(ctx: StepContext, dossier: Dossier) -> Screen:
    title = M("scoring.why_abstain") if ctx.args.get("abstains") else M("scoring.remark")
    lines = [Line(Kind.TITLE, title), Line(Kind.TEXT, dossier.title or M("draft.unnamed"))]
    lines.append(Line(Kind.HINT, M("scoring.remark_hint")))
    rows = choices.row(choices.primary("none", M("choice.without_words"))) + ways_out()
    placeholder = M("placeholder.type")
    return Screen("organize_review_score", tuple(lines), rows, expects=Expect.LONG_TEXT, placeholder=placeholder)


def handle(ctx: StepContext, event: Event) -> None:
    dossier = ctx.conversation.dossier
    scoring = dossier.scoring if dossier is not None else None
    code = event.code if isinstance(event, Chose) else ""
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif code == ".back" or scoring is None:
        _back(ctx, scoring)
    else:
        _step(ctx, event, code, _next(ctx, scoring.rubric))


def _step(ctx: StepContext, event: Event, code: str, criterion: Criterion | None) -> None:
    """Score the criterion that is asked, or, behind the last, take the remark."""
    scale = {f"score:{n}": n for n in range(LOWEST, HIGHEST + 1)}
    if criterion is not None and code in scale:
        ctx.update(given={**_given(ctx), criterion.name: scale[code]})
    elif criterion is not None and code == ".skip" and not criterion.weight:
        ctx.update(given={**_given(ctx), criterion.name: LEFT_OUT})
    elif criterion is not None and code == ".abstain":
        ctx.update(abstains=True)
    elif criterion is None and code == "none":
        _send(ctx, "")
    elif criterion is None and isinstance(event, Said) and not is_blank(event.text):
        _send(ctx, clean(event.text).strip())
    else:
        ctx.note(M("not_understood.review"))


def _send(ctx: StepContext, remark: str) -> None:
    """Give the score with its remark whole, or not at all."""
    refusal, dossier = too_long(remark, LONGEST_REMARK), ctx.conversation.dossier
    if refusal is not None:
        ctx.error(refusal)
    elif dossier is not None:
        scored = {name: value for name, value in _given(ctx).items() if value != LEFT_OUT}
        given = None if ctx.args.get("abstains") else scored
        # Of the version that this reviewer has before them: a newer one is not scored unseen.
        ctx.ask(ScoreEntry(dossier.reference, int(ctx.args.get("version") or dossier.version), given, remark))


def _back(ctx: StepContext, scoring: Scoring | None) -> None:
    """One criterion back; from the first one, to the entry."""
    given = _given(ctx)
    if scoring is not None and ctx.args.get("abstains"):
        ctx.update(abstains=None)
    elif scoring is not None and given:
        ctx.update(given=dict(list(given.items())[:-1]))
    else:
        _leave(ctx)


def _came(ctx: StepContext, result: Trouble | None) -> None:
    if isinstance(result, Trouble):
        ctx.error(TROUBLES[result])
    else:
        ctx.note(M("scoring.kept"))
    _leave(ctx)


def _leave(ctx: StepContext) -> None:
    reference = str(ctx.args.get("reviewed", ""))
    ctx.goto("organize_review", reviewed=reference)
    if ctx.request is None:
        ctx.ask(LookAtEntry(reference))


ROUTES = {"organize_review_score": OrganizerRoute(Right.REVIEW, render, handle)}
