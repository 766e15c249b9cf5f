"""Countries: names in any language, ISO codes of two and three letters, flags. Places in the list mean nothing."""

from __future__ import annotations

from dialogs.answers.multi_choice import gather
from dialogs.answers.results import Accepted, Context, Reading, Refusal, Uncertain
from dialogs.answers.single_choice import decide
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question
from dialogs.matching.matcher import find
from dialogs.matching.option_names import names_of
from dialogs.text.normalize import words_of

__all__ = ["read_countries", "read_country"]


def read_country(question: Question, text: str, context: Context) -> Reading:
    """One country: `Kenya`, `кения`, `肯尼亚`, `KE`, `KEN`, 🇰🇪."""
    found = find(text, names_of(context.options, context.vocabulary), positions=False)
    outcome = decide(found)
    if isinstance(outcome, Accepted) and context.vocabulary.wanted(text) is not None:
        return Uncertain((outcome.value,))  # `no` may be Norway, or just no
    return outcome or Refusal(_unknown(text, context))


def read_countries(question: Question, text: str, context: Context) -> Reading:
    """Several countries in one message."""
    names = names_of(context.options, context.vocabulary)
    found = find(text, names, positions=False)
    return gather(question, found, names, context) or Refusal(_unknown(text, context))


def _unknown(text: str, context: Context) -> Message:
    """That no country is called so; or that a place which is known is not in the list."""
    unlisted = names_of(context.options, context.vocabulary).unlisted
    typed = " ".join(text.split())[:60]
    return M("reading.country.not_listed" if words_of(typed) in unlisted else "reading.country.unknown", text=typed)
