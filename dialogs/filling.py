"""Filling: one question is open, and whatever the person does is taken as an answer to it, or as a way on.

Arguments of the place: `q`, the key of the question; `return`, where to go when it is answered (`review`,
`sections`); `page`, `region`, `browse`, looking through options; `candidates`, options offered back because
what was typed could mean several; `better` and `mine`, an answer that looks like a slip and its mending.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dialogs import collecting, listing, lookups
from dialogs.answers.place import place_at
from dialogs.answers.reading import Accepted, Context, Doubtful, Refusal, Uncertain, check, read
from dialogs.asking import ask, selection
from dialogs.conversation import CallState, Given
from dialogs.effects import FindEntries, FindSimilar
from dialogs.events import Chose, Event, Located, Odd, Said, Sent
from dialogs.messages import Code, Listing, M, Message, Moment, Month
from dialogs.questionnaire.journey import SHORT_WAY, Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.questionnaire.options import belongs_to, options_of, readable
from dialogs.screens import Kind, Screen
from dialogs.showing import answer_shown, option_shown
from dialogs.talk import Talk

__all__ = ["WAYS", "context_of", "hear", "open_question", "proceed", "show", "store"]

ODD = {
    "sticker": M("odd.sticker"),
    "voice": M("odd.voice"),
    "contact": M("odd.contact"),
    "location": M("odd.location"),
    "poll": M("odd.poll"),
    "empty": M("odd.empty"),
}
"""What cannot be an answer, and what is said to it."""


def show(talk: Talk) -> Screen:
    """The open question; review when there is none (a change may have taken it off the journey)."""
    return ask(talk, stop_of(talk))


def stop_of(talk: Talk) -> Stop:
    """The stop that is open. When its question has left the journey, the next open one, else the last."""
    journey = talk.journey
    key = str(talk.args.get("q", ""))
    stop = journey.by_key.get(key) or journey.next_open() or journey.stops[-1]
    if stop.key != key:
        talk.go("filling", q=stop.key)
    return stop


def open_question(talk: Talk, stop: Stop, back_to: str | None = None) -> None:
    """Go to a question; `back_to` names the place to return to once it is answered."""
    talk.go("filling", q=stop.key, **({"return": back_to} if back_to else {}))


def hear(talk: Talk, event: Event) -> None:
    """Take what a person did at a question."""
    stop = stop_of(talk)
    if stop.section in talk.journey.draft.handed:
        talk.note(M("handing.is_handed"))
        talk.go("sections")
    elif isinstance(event, Chose):
        _chosen(talk, stop, event.code)
    elif isinstance(event, Said):
        _said(talk, stop, event)
    elif isinstance(event, Sent):
        if writable(talk, stop):
            collecting.sent(talk, stop, event, advance)
    elif isinstance(event, Located):
        _located(talk, stop, event)
    elif isinstance(event, Odd):
        talk.error(ODD.get(event.what, M("odd.other")))


def _said(talk: Talk, stop: Stop, event: Said) -> None:
    if lookups.answer(talk, event.text):
        return
    if not writable(talk, stop):
        return
    if stop.question.kind is QuestionKind.LONG_TEXT:
        collecting.said(talk, stop, event, advance)
        return
    if stop.question.kind is QuestionKind.ITEMS:
        listing.said(talk, stop, event, context_of(talk, stop))
        return
    if stop.question.kind is QuestionKind.FILE:
        _missed(talk, stop, M("file.text_instead"))
        return
    _take_reading(talk, stop, event)


def _located(talk: Talk, stop: Stop, event: Located) -> None:
    """A place from a map: the answer where a place is asked for."""
    if stop.question.kind is not QuestionKind.PLACE:
        talk.error(ODD["location"])
    elif writable(talk, stop):
        _accept(talk, stop, place_at(event.latitude, event.longitude, event.name), event.ref)


def writable(talk: Talk, stop: Stop | None = None) -> bool:
    """Whether the call, and this question, take answers at the moment this was sent; says so when not."""
    if stop is not None and stop.frozen:
        talk.error(M("dated.frozen"))
        return False
    call = talk.call
    if talk.open_for_changes or call is None:
        return True
    key = "call.closed" if call.state(talk.at) is CallState.CLOSED else "call.not_yet_open"
    talk.error(Message(key, {"opens": Moment(call.opens), "closes": Moment(call.closes)}))
    return False


def context_of(talk: Talk, stop: Stop) -> Context:
    """What a reader of typed answers needs to know."""
    facts = talk.journey.facts
    options = readable(stop, facts)
    bound = stop.question.limits.not_before
    earliest = facts.value(bound) if isinstance(bound, str) else bound
    return Context(
        language=talk.language,
        options=options,
        vocabulary=talk.world.vocabulary,
        this_month=Month(talk.at.year, talk.at.month),
        ahead=facts.value("status") == "planned",
        not_before=Month.parse(earliest) if isinstance(earliest, str) else earliest,
        example=Message(f"question.{stop.question.id}.example") if stop.question.example else None,
    )


def _take_reading(talk: Talk, stop: Stop, event: Said) -> None:
    reading = read(stop.question, event.text, context_of(talk, stop))
    if isinstance(reading, Accepted):
        if reading.note is not None:
            talk.note(reading.note)
        if event.picked and stop.question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
            _toggle_on(talk, stop, reading.value)
        else:
            _accept(talk, stop, reading.value, event.ref)
    elif isinstance(reading, Refusal):
        _missed(talk, stop, reading.message)
    elif isinstance(reading, Uncertain):
        _offer(talk, stop, reading)
    elif isinstance(reading, Doubtful):
        talk.note(reading.message)
        talk.stay(better=reading.better, mine=reading.value)


def _offer(talk: Talk, stop: Stop, reading: Uncertain) -> None:
    """What was typed could mean several: offer them back, and keep what was certain."""
    if reading.understood:
        _toggle_on(talk, stop, reading.understood)
    talk.stay(candidates=list(reading.candidates))
    talk.note(M("uncertain.which"))


def _missed(talk: Talk, stop: Stop, message: Message) -> None:
    """A refusal; after three in a row an example and a way out come with it."""
    misses = talk.missed()
    talk.error(message)
    if misses >= 3:
        talk.note(M("misses.way_out_required") if stop.required else M("misses.way_out"))


def _accept(talk: Talk, stop: Stop, value: Any, ref: str | None = None) -> None:
    """A whole answer was given: keep it, and go on."""
    if stop.question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
        named = _merged(stop, selection_given(talk, stop), value)
        talk.note(M("saved.several", answer=answer_shown(stop.question, named, talk.journey.draft)))
        value = _here(talk, stop, named)
        if not value:
            _skip(talk, stop, "")
            return
    store(talk, stop, value, ref=ref)
    advance(talk, stop)


def selection_given(talk: Talk, stop: Stop) -> list[str]:
    """What was picked by taps so far, before typing."""
    answer = talk.journey.answer(stop)
    picked = answer is not None and answer.given is Given.COLLECTING
    return [str(code) for code in answer.value] if answer and picked else []


def _merged(stop: Stop, first: Sequence[str], more: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*first, *more]))


def store(talk: Talk, stop: Stop, value: Any, *, ref: str | None = None) -> None:
    """Keep an answer and tell what it made meaningless, or brought back."""
    before = talk.journey.set_aside()
    talk.give(stop.key, value, ref=ref)
    AFTER.get(stop.question.id, _nothing)(talk, value)
    _tell_change(talk, before)


def _tell_change(talk: Talk, before: frozenset[str]) -> None:
    after = talk.journey.set_aside()
    _tell(talk, "aside.put", after - before)
    _tell(talk, "aside.back", before - after)


def _tell(talk: Talk, key: str, keys: frozenset[str]) -> None:
    if keys and talk.draft is not None:
        by_id = talk.world.questionnaires[talk.draft.version].by_id
        named = dict.fromkeys(k.partition("@")[0] for k in sorted(keys))
        labels = tuple(by_id[name].label for name in named if name in by_id)
        talk.note(Message(key, {"questions": Listing(labels)}))


def _nothing(talk: Talk, value: Any) -> None:
    pass


def _language(talk: Talk, value: Any) -> None:
    talk.change_person(language=value, language_chosen=True)


CONSENT = "2027-1"
"""The version of the consent text (`question.agree.ask`); raise it when the text changes."""


def _agree(talk: Talk, value: Any) -> None:
    talk.change_person(consent=CONSENT if value else None)


AFTER: Mapping[str, Callable[[Talk, Any], None]] = {"language": _language, "agree": _agree}
"""What follows from some answers beyond the answer."""


def advance(talk: Talk, stop: Stop) -> None:
    """Go on after a question was answered: what the answer asks for, else the next place."""
    if FOLLOW_UPS.get(stop.question.id, _go_on)(talk, stop):
        return
    proceed(talk, stop.key)


def _go_on(talk: Talk, stop: Stop) -> bool:
    return False


def _agreed(talk: Talk, stop: Stop) -> bool:
    if talk.journey.facts.value("agree") is False:
        talk.go("declined")
        return True
    return False


def _find_existing(talk: Talk, stop: Stop) -> bool:
    if talk.draft is None or talk.draft.revises is not None:
        return False
    talk.go("finding", q=stop.key)
    talk.ask(FindEntries(str(talk.journey.facts.value("existing_ref"))))
    return True


def _find_similar(talk: Talk, stop: Stop) -> bool:
    draft, facts = talk.draft, talk.journey.facts
    if draft is None or draft.revises is not None:
        return False
    back = talk.args.get("return")
    talk.go("guarding", q=stop.key, **({"return": back} if back else {}))
    talk.ask(FindSimilar(str(facts.value("title")), str(facts.value("org_name") or ""), facts.value("org_country")))
    return True


FOLLOW_UPS: Mapping[str, Callable[[Talk, Stop], bool]] = {
    "agree": _agreed,
    "existing_ref": _find_existing,
    "title": _find_similar,
}
"""Answers that are followed by something other than the next question."""


def proceed(talk: Talk, key: str) -> None:
    """The next question after `key`; back to where one came from, once what newly opened is answered too."""
    journey, back_to = talk.journey, talk.args.get("return")
    if back_to:
        opened = next((s for s in journey.open() if s.required or s.key.partition("@")[0] == "targets"), None)
        if opened is not None and back_to == "review" and opened.required:
            open_question(talk, opened, back_to)
        else:
            talk.go(str(back_to))
        return
    following = journey.next_open(key)
    if following is None:
        talk.go("review")
    else:
        open_question(talk, following)


def _chosen(talk: Talk, stop: Stop, code: str) -> None:
    name, _, argument = code.partition(":")
    way = WAYS.get(name)
    if way is not None:
        way(talk, stop, argument)
    elif writable(talk, stop):
        _picked(talk, stop, code)


def _picked(talk: Talk, stop: Stop, code: str) -> None:
    """An option was tapped."""
    kind = stop.question.kind
    if kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
        _toggle(talk, stop, code)
        return
    talk.chosen = option_shown(stop.question, code) if kind is not QuestionKind.YES_NO else M("choice.yes")
    if kind is QuestionKind.YES_NO:
        talk.chosen = M("choice.yes") if code == "yes" else M("choice.no")
        _accept(talk, stop, code == "yes")
    else:
        _accept(talk, stop, code)


def _toggle(talk: Talk, stop: Stop, code: str) -> None:
    chosen = [str(c) for c in selection(talk, stop)]
    chosen = [c for c in chosen if c != code] if code in chosen else [*chosen, code]
    _collect(talk, stop, chosen)
    if not talk.args.get("candidates"):
        talk.in_place = True
    talk.stay(candidates=None)


def _toggle_on(talk: Talk, stop: Stop, codes: Sequence[str]) -> None:
    _collect(talk, stop, _merged(stop, [str(c) for c in selection(talk, stop)], codes))


def _here(talk: Talk, stop: Stop, codes: list[str]) -> list[str]:
    """Of what was named, that which belongs here; the rest is ticked at the next question, where it belongs."""
    facts = talk.journey.facts
    early = [code for code in codes if belongs_to(stop, code, facts) != stop.key]
    if not early:
        return codes
    key = belongs_to(stop, early[0], facts)
    talk.give(key, early, given=Given.COLLECTING)
    parents = ["C7"] if key == "sublines" else []
    return list(dict.fromkeys([*(code for code in codes if code not in early), *parents]))


def _collect(talk: Talk, stop: Stop, chosen: list[str]) -> None:
    chosen = _here(talk, stop, chosen)
    order = [option.code for option in options_of(stop, talk.journey.facts)]
    chosen = sorted(chosen, key=lambda code: order.index(code) if code in order else len(order))
    limit = stop.question.limits.max
    if limit is not None and len(chosen) > limit:
        talk.error(M("several.too_many", limit))
        return
    before = talk.journey.set_aside()
    if chosen:
        talk.give(stop.key, chosen, given=Given.COLLECTING)
    else:
        talk.take_back(stop.key)
    _tell_change(talk, before)


def _done(talk: Talk, stop: Stop, argument: str) -> None:
    """What was collected is the answer."""
    if not writable(talk, stop):
        return
    if stop.question.kind is QuestionKind.LONG_TEXT:
        collecting.done(talk, stop, advance)
        return
    value = selection(talk, stop)
    refusal = check(stop.question, value, context_of(talk, stop))
    if refusal is not None:
        _missed(talk, stop, refusal)
        return
    talk.chosen = answer_shown(stop.question, value, talk.journey.draft)
    store(talk, stop, value)
    advance(talk, stop)


def _keep(talk: Talk, stop: Stop, argument: str) -> None:
    old = talk.journey.old(stop)
    if old is not None and writable(talk, stop):
        _kept(talk, stop, old)
    advance(talk, stop)


def _kept(talk: Talk, stop: Stop, old: Any) -> None:
    refusal = check(stop.question, old, context_of(talk, stop))
    if refusal is None:
        store(talk, stop, old)


def _keep_section(talk: Talk, stop: Stop, argument: str) -> None:
    if writable(talk):
        for other in talk.journey.of(stop.section):
            old = talk.journey.old(other)
            if old is not None:
                _kept(talk, other, old)
        for other in talk.journey.of(stop.section):
            if not other.required and talk.journey.answer(other) is None:
                talk.give(other.key, None, given=Given.SKIPPED)
    proceed(talk, stop.key)


def _skip(talk: Talk, stop: Stop, argument: str) -> None:
    if stop.required:
        talk.error(M("skip.required"))
        return
    if not writable(talk, stop):
        return
    talk.chosen = M("answer.none")
    talk.give(stop.key, None, given=Given.SKIPPED)
    proceed(talk, stop.key)


def _skip_section(talk: Talk, stop: Stop, argument: str) -> None:
    for other in talk.journey.open() if writable(talk) else ():
        if other.section == stop.section and not other.required:
            talk.give(other.key, None, given=Given.SKIPPED)
    proceed(talk, stop.key)


def _short(talk: Talk, stop: Stop, argument: str) -> None:
    talk.give(SHORT_WAY, True)
    talk.note(M("short_way.on"))
    proceed(talk, stop.key)


def _back(talk: Talk, stop: Stop, argument: str) -> None:
    earlier = talk.journey.before(stop.key)
    if earlier is not None:
        open_question(talk, earlier, talk.args.get("return"))
    elif talk.args.get("return"):
        talk.go(str(talk.args["return"]))
    else:
        talk.note(M("back.first"))


def _next(talk: Talk, stop: Stop, argument: str) -> None:
    """Leave the answer as it is and go on to the question after it."""
    following = talk.journey.after(stop.key)
    if talk.args.get("return"):
        proceed(talk, stop.key)
    elif following is None:
        talk.go("review")
    else:
        open_question(talk, following)


def _help(talk: Talk, stop: Stop, argument: str) -> None:
    talk.note(Message(f"question.{stop.question.id}.help", {"year": Code(str(talk.call.year if talk.call else ""))}))
    if stop.question.example and stop.question.kind is not QuestionKind.FILE:
        talk.note(M("hint.example", example=Message(f"question.{stop.question.id}.example")), Kind.HINT)


def _later(talk: Talk, stop: Stop, argument: str) -> None:
    """Leave a question open and go on: it is asked again before the end."""
    following = talk.journey.next_open(stop.key)
    talk.note(M("later.left_open", question=stop.question.label))
    if following is None or following.key == stop.key:
        talk.go("sections")
    else:
        open_question(talk, following)


def _page(talk: Talk, stop: Stop, argument: str) -> None:
    talk.stay(page=int(argument))
    talk.in_place = True


def _region(talk: Talk, stop: Stop, argument: str) -> None:
    talk.stay(region=argument or None, browse=True, page=None, candidates=None)
    talk.in_place = True


def _better(talk: Talk, stop: Stop, argument: str) -> None:
    _accept(talk, stop, talk.args.get("better"))


def _mine(talk: Talk, stop: Stop, argument: str) -> None:
    _accept(talk, stop, talk.args.get("mine"))


WAYS: Mapping[str, Callable[[Talk, Stop, str], None]] = {
    ".done": _done,
    ".keep": _keep,
    ".keep_section": _keep_section,
    ".skip": _skip,
    ".skip_section": _skip_section,
    ".short": _short,
    ".back": _back,
    ".next": _next,
    ".help": _help,
    ".later": _later,
    ".page": _page,
    ".region": _region,
    ".browse": _region,
    ".better": _better,
    ".mine": _mine,
    ".item": listing.chosen,
    ".remove_item": lambda talk, stop, argument: listing.remove(talk, stop),
    ".leave_item": lambda talk, stop, argument: talk.stay(item=None),
    ".undo": lambda talk, stop, argument: collecting.undo(talk, stop),
    ".restart": lambda talk, stop, argument: collecting.restart(talk, stop),
}
"""The ways on from a question, by the code of their choice."""
