"""How facets, their values and searches are called, as messages: the words are chosen when the page is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dialogs.domain.messages import Code, LanguageName, Listing, M, Message, Value
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.domain.values.dates import date_shown
from dialogs.form.answer_format import option_shown, place_shown
from dialogs.questionnaire import facets
from dialogs.questionnaire.options import option_label
from dialogs.questionnaire.register import EntryQuery
from dialogs.questionnaire.source import loader

__all__ = ["answer", "facet_name", "label_of", "questions", "short", "sought"]


def facet_name(facet: str) -> Message:
    return facets.name_of(facet) if facet in facets.QUESTIONS else Message(f"facet.{facet}")


def label_of(facet: str, value: str) -> Value:
    """What a value of a facet is called, in full."""
    if facet == "line":
        return M("choice.coded", code=Code(value), label=Message(f"action_line.{value}"))
    if facet == "goal":
        return M("choice.coded", code=Code(value), label=Message(f"goal.{value}"))
    return short(facet, value)


def short(facet: str, value: str) -> Value:
    """The same for a list, where room is scarce."""
    if facet in facets.QUESTIONS:
        return facets.label_of(facet, value)
    match facet:
        case "line":
            return M("choice.coded", code=Code(value), label=Message(f"action_line.{value}.short"))
        case "goal":
            return M("choice.coded", code=Code(value), label=Message(f"goal.{value}"))
        case "target":
            return M("choice.coded", code=Code(value), label=Message(f"target.{value}"))
        case "region":
            return Message(f"region.{value}")
        case "country":
            return option_label("places", value)
        case "language":
            return LanguageName(value, own=False)
    return Code(value)


def sought(query: EntryQuery) -> Iterator[Message]:
    """What a search wants, part by part: `Country: Kenya or Uganda`."""
    if query.words:
        yield M("public.sought", facet=M("public.words"), values=query.words)
    for facet, values in query.wanted:
        named = Listing(tuple(label_of(facet, value) for value in values), style="or")
        yield M("public.sought", facet=facet_name(facet), values=named)


def questions(edition: str = "") -> Mapping[str, Question]:
    """Every question that any edition of the questionnaire has asked, as its newest edition asks it; those of `edition`
    as that one does: an answer is called what it was called where it was given.
    """
    editions = loader.versions()
    own = [editions[edition]] if edition in editions else []
    return {id: question for each in (*editions.values(), *own) for id, question in each.by_id.items()}


def answer(question: Question, value: object) -> Value:
    """An answer as it is shown: codes by their names, people's own words as they are."""
    if isinstance(value, bool):
        return M("choice.yes") if value else M("choice.no")
    if isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return place_shown(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return Listing(tuple(option_shown(question, str(each)) for each in value))
    if question.kind in (QuestionKind.MONTH, QuestionKind.DATE):
        return date_shown(str(value))
    return option_shown(question, str(value)) if question.options else str(value)
