"""Words that carry a name without being of it: `it is a ministry`, `plutôt une infrastructure`, `в основном сельская`.

People answer in sentences. What is left without such words is looked up as if it had been typed alone. A "not" is none
of them, so that the opposite of a name never becomes the name.
"""

from __future__ import annotations

from dialogs.text.normalize import words_of

__all__ = ["carried"]

Words = tuple[str, ...]

BEFORE = """
it is, it's, its, this is, that is, that's, we are, we're, i am, i'm, they are, we have, we work in, we work on
we work with, mostly, mainly, probably, rather, more of, i think, i would say, i guess, maybe, just, only, well
yes, in, for, on, a, an, the, our, my, your, some kind of, a kind of, c'est, ce sont, ce serait, nous sommes
je suis, on est, il s'agit de, il s'agit d', plutôt, surtout, principalement, je pense, je dirais, je crois
peut-être, seulement, uniquement, oui, en, au, aux, à, pour, sur, dans, un, une, le, la, les, l', des, du, de
de la, de l', d', notre, nos, mon, ma, une sorte de, es, son, sería, somos, soy, se trata de, más bien, sobre todo
principalmente, creo que, diría, quizás, solo, sólo, solamente, sí, en, para, un, una, unos, unas, el, los, las
nuestro, nuestra, mi, una especie de, это, мы, я, наш, наша, наше, наши, у нас, в основном, скорее, скорее всего
пожалуй, наверное, думаю, только, да, в, для, на
هو, هي, هذا, هذه, إنه, إنها, نحن, أنا, لدينا, غالبا, أساسا, ربما
أظن, فقط, نعم, في, على, من
是, 这是, 我们是, 我是, 它是, 属于, 主要是, 应该是, 大概是, 可能是, 我们, 只是, 在, 一个, 一种
"""

AFTER = """
of course, obviously, mostly, mainly, only, i think, please, really, for now, at the moment, too, as well
bien sûr, évidemment, surtout, principalement, seulement, je pense, je crois, s'il vous plaît, pour l'instant
aussi, plutôt, claro, por supuesto, sobre todo, principalmente, solo, sólo, solamente, creo, por favor, por ahora
también, конечно, в основном, только, наверное, пожалуйста, пока, тоже, طبعا, بالطبع, فقط, غالبا, أظن, من فضلك
حاليا, أيضا, 吧, 的, 了, 为主
"""


def _phrases(text: str) -> frozenset[Words]:
    return frozenset(words_of(phrase) for line in text.splitlines() for phrase in line.split(",") if phrase.strip())


LEADING, TRAILING = _phrases(BEFORE), _phrases(AFTER)
LONGEST = max(map(len, LEADING | TRAILING))


def carried(words: Words) -> tuple[int, int]:
    """From where to where the words stand that such phrases carry; at least one of them."""
    start, end = 0, len(words)
    while length := _longest(words[start : end - 1], LEADING, from_end=False):
        start += length
    while length := _longest(words[start + 1 : end], TRAILING, from_end=True):
        end -= length
    return start, end


def _longest(words: Words, phrases: frozenset[Words], *, from_end: bool) -> int:
    """How many words at one side are such a phrase."""
    sizes = range(min(LONGEST, len(words)), 0, -1)
    return next((n for n in sizes if (words[-n:] if from_end else words[:n]) in phrases), 0)
