"""Filling: one question is open, and whatever the person does is taken as an answer to it, or as a way on.

Arguments of the place: `q`, the key of the question; `return`, where to go when it is answered (`review`,
`sections`); `page`, `region`, `browse`, looking through options; `candidates`, options offered back because
what was typed could mean several; `better` and `mine`, an answer that looks like a slip and its mending; `begun`, half
an answer, such as a year without its month; `asked`, a question back where a text was expected.
"""

from __future__ import annotations

from dialogs.answers.location import place_at
from dialogs.answers.readers import read
from dialogs.answers.results import Accepted, Doubtful, Refusal, Uncertain
from dialogs.answers.text import is_blank
from dialogs.domain.events import Chose, Event, Located, Odd, Said, Sent
from dialogs.domain.messages import Code, M
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.actions import ACTIONS
from dialogs.form.answer_format import answer_shown
from dialogs.form.check import check_answers
from dialogs.form.input import code_lookup, list_input, multipart_input, non_answers
from dialogs.form.input.choice_input import accept, picked, toggle_on
from dialogs.form.input.guards import context_of, missed, writable
from dialogs.form.next_question import advance
from dialogs.form.question_screen import ask, is_begun, offering, selection
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.options import ANOTHER, option_label
from dialogs.screens import Screen
from dialogs.step_context import StepContext

__all__ = ["handle", "offer", "render"]

ODD = {
    "sticker": M("odd.sticker"),
    "voice": M("odd.voice"),
    "contact": M("odd.contact"),
    "location": M("odd.location"),
    "poll": M("odd.poll"),
    "empty": M("odd.empty"),
    "file": M("odd.file"),
    "no_room": M("odd.no_room"),
}
"""What cannot be an answer, and what is said to it."""


def render(ctx: StepContext) -> Screen:
    """The open question; the check when there is none: a change may have taken all of a colleague's questions away."""
    if not ctx.journey.stops:
        ctx.goto("review")
        return check_answers.render(ctx)
    return ask(ctx, stop_of(ctx))


def offer(ctx: StepContext) -> Screen:
    """The same screen with its choices alone."""
    if not ctx.journey.stops:
        return render(ctx)
    return offering(ctx, stop_of(ctx))


def stop_of(ctx: StepContext) -> Stop:
    """The stop that is open. When its question has left the journey, the next open one, else the last.

    Nothing is asked, and so nothing kept, behind an agreement that was not given: however one came there.
    """
    journey = ctx.journey
    key = str(ctx.args.get("q", ""))
    stop = journey.by_key.get(key) or journey.next_open() or journey.stops[-1]
    agreement = journey.by_key.get(journey.questionnaire.id_of(QuestionRole.AGREEMENT))
    agreed = journey.facts.played(QuestionRole.AGREEMENT)
    if agreement and not agreed and journey.index(stop.key) > journey.index(agreement.key):
        stop = agreement
    if stop.key != key:
        ctx.goto("filling", q=stop.key)
    return stop


def handle(ctx: StepContext, event: Event) -> None:
    """Take what a person did at a question."""
    if not ctx.journey.stops:
        ctx.goto("review")
        return
    stop = stop_of(ctx)
    if stop.section in ctx.journey.draft.handed:
        ctx.note(M("handing.is_handed"))
        ctx.goto("sections")
    elif isinstance(event, Chose):
        _chosen(ctx, stop, event.code)
    elif isinstance(event, Said):
        _said(ctx, stop, event)
    elif isinstance(event, Sent):
        if writable(ctx, stop):
            multipart_input.sent(ctx, stop, event, advance)
    elif isinstance(event, Located):
        _located(ctx, stop, event)
    elif isinstance(event, Odd):
        ctx.error(ODD.get(event.what, M("odd.other")))


HALF_ANSWERS = ("reading.month.no_month", "reading.month.no_year")
"""Refusals of what is half an answer: what is typed next may be the other half."""

LONGEST_HALF = 60
"""Characters of it that are remembered."""


def _said(ctx: StepContext, stop: Stop, event: Said) -> None:
    if code_lookup.answer(ctx, event.text):
        return
    if is_blank(event.text):
        ctx.error(ODD["empty"])
        return
    if not writable(ctx, stop) or non_answers.non_answer(ctx, stop, event) or _asks_back(ctx, stop, event):
        return
    if stop.question.kind is QuestionKind.LONG_TEXT:
        multipart_input.said(ctx, stop, event, advance)
        return
    if stop.question.kind is QuestionKind.ITEMS:
        list_input.said(ctx, stop, event, context_of(ctx, stop))
        return
    if stop.question.kind is QuestionKind.FILE:
        missed(ctx, stop, M("file.text_instead"))
        return
    _take_reading(ctx, stop, event)


OWN_WORDS = (QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.PLACE, QuestionKind.ITEMS)
"""Kinds that take whatever is written: a question back would become the answer in silence."""

LONGEST_QUESTION = 100
"""Characters: a longer text that ends with a question mark tells something."""


def _asks_back(ctx: StepContext, stop: Stop, event: Said) -> bool:
    """Give the help when a short text reads like a question; a title may be one, so sent once more it is the answer."""
    if event.whole or stop.question.kind not in OWN_WORDS or len(event.text) > LONGEST_QUESTION:
        return False
    if not code_lookup.is_question(event.text) or ctx.args.get("asked") == event.text or is_begun(ctx, stop):
        return False
    ACTIONS[".help"](ctx, stop, "")
    ctx.note(M("reading.text.question"))
    ctx.update(asked=event.text)
    return True


def _located(ctx: StepContext, stop: Stop, event: Located) -> None:
    """A place from a map: the answer where a place is asked for."""
    if stop.question.kind is not QuestionKind.PLACE:
        ctx.error(ODD["location"])
    elif writable(ctx, stop):
        accept(ctx, stop, place_at(event.latitude, event.longitude, event.name), event.ref)


def _take_reading(ctx: StepContext, stop: Stop, event: Said) -> None:
    reading = read(stop.question, event.text, context_of(ctx, stop))
    if isinstance(reading, Refusal) and event.links and stop.question.kind in LINKED:
        reading = _behind_words(ctx, stop, event.links) or reading
    if isinstance(reading, Accepted):
        if reading.note is not None:
            ctx.note(reading.note)
        if event.picked and stop.question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
            toggle_on(ctx, stop, reading.value)
        else:
            accept(ctx, stop, reading.value, event.ref)
    elif isinstance(reading, Refusal):
        _refused(ctx, stop, event, reading)
    elif isinstance(reading, Uncertain):
        _offer(ctx, stop, reading)
    elif isinstance(reading, Doubtful):
        ctx.note(reading.message)
        ctx.update(better=reading.better, mine=reading.value)


LINKED = (QuestionKind.URL, QuestionKind.EMAIL)


def _behind_words(ctx: StepContext, stop: Stop, links: tuple[str, ...]) -> Accepted | Doubtful | Refusal | None:
    """The address behind the words of a text, when there is one; when there are several, which are there."""
    read_each = (read(stop.question, link, context_of(ctx, stop)) for link in links[:MOST_LINKS])
    found = [reading for reading in read_each if isinstance(reading, Accepted | Doubtful)]
    if len(found) > 1:
        return Refusal(M(f"reading.{stop.question.kind}.several"))
    if not found or isinstance(found[0], Doubtful):
        return found[0] if found else None
    return Accepted(found[0].value, M("reading.understood", answer=Code(str(found[0].value))))


MOST_LINKS = 20
"""Links of a text that are looked at."""


def _refused(ctx: StepContext, stop: Stop, event: Said, refusal: Refusal) -> None:
    """No answer. What was offered back goes, so that all options are there again; a question back gets the help."""
    half = refusal.message.key in HALF_ANSWERS
    ctx.update(candidates=None, begun=event.text[:LONGEST_HALF] if half else None)
    if code_lookup.is_question(event.text):
        ACTIONS[".help"](ctx, stop, "")
    else:
        missed(ctx, stop, refusal.message)
        _tell_of_another(ctx, stop)


def _tell_of_another(ctx: StepContext, stop: Stop) -> None:
    """A language that is not on the list has a place all the same."""
    if stop.question.options == "spoken_languages":
        ctx.note(M("reading.several.another_language", option=option_label("spoken_languages", ANOTHER)))


def _offer(ctx: StepContext, stop: Stop, reading: Uncertain) -> None:
    """What was typed is in part unclear: keep what was certain, offer what it could mean, say what is like nothing."""
    named = list(dict.fromkeys([*map(str, selection(ctx, stop)), *reading.understood]))
    if reading.understood:
        toggle_on(ctx, stop, reading.understood)
    if reading.unknown:
        kept = answer_shown(stop.question, named, ctx.journey.draft)
        ctx.error(M("reading.several.rest_unknown", text=reading.unknown, answer=kept))
        _tell_of_another(ctx, stop)
    ctx.update(candidates=list(reading.candidates) or None)
    if reading.candidates:
        ctx.note(M("uncertain.this") if len(reading.candidates) == 1 else M("uncertain.which"))


def _chosen(ctx: StepContext, stop: Stop, code: str) -> None:
    name, _, argument = code.partition(":")
    way = ACTIONS.get(name)
    if way is not None:
        way(ctx, stop, argument)
    elif writable(ctx, stop):
        picked(ctx, stop, code)
