"""What a State calls itself in full (`Republic of`, `王国`): the words that many names share and that tell no country.

A country is recognized by the rest of its name. So these words are taken off before a formal name is looked up, and
they lend no weight to a guess: `Республика Замбия` is one letter from `Республика Гамбия`, and another country.
"""

from __future__ import annotations

import re

from dialogs.text.normalize import words_of

__all__ = ["IN_BRACKETS", "distinctive", "without_article", "without_state_form"]

Words = tuple[str, ...]

FORMS = """
republic kingdom state sultanate principality commonwealth federation emirate grand duchy union confederation islamic
arab peoples people democratic socialist federal federative plurinational cooperative operative hashemite bolivarian
independent rep
république royaume état sultanat principauté fédération émirat duché confédération islamique arabe populaire
démocratique socialiste fédérale fédérative plurinational coopérative hachémite
indépendant bolivarienne rép
república reino estado sultanato principado federación emirato gran ducado confederación islámica popular democrática
socialista federal federativa plurinacional cooperativa
hachemita independiente bolivariana
республика королевство государство султанат княжество федерация эмират великое герцогство конфедерация союз исламская
арабская народная демократическая социалистическая федеральная федеративная многонациональное кооперативная
хашимитское независимое содружество боливарианская респ
جمهورية الجمهورية مملكة المملكة دولة سلطنة إمارة دوقية الكبرى اتحاد الإسلامية العربية الشعبية الديمقراطية الاشتراكية
الاتحادية التعاونية الهاشمية المستقلة البوليفارية كمنولث الكومنولث
"""

ARTICLES = "the le la les l el los las"

LITTLE = "of the s co de du des d l la le les del el los las"
"""What stands between them. Alone these may be codes (`DE`, `LA`)."""

SAINTS = "saint sainte st ste san santa santo sao сент سانت"
"""Words that several names begin with: they belong to the name, and lend no weight to a guess."""

CHINESE = """
人民民主共和国 民主社会主义共和国 联邦民主共和国 民主人民共和国 民主共和国 人民共和国 联邦共和国 伊斯兰共和国
阿拉伯共和国 合作共和国 共和国 大公国 苏丹国 哈希姆王国 王国 公国 联邦 联盟 独立国 合众国 国
"""

LEADING = frozenset(ARTICLES.split())
NOUNS = frozenset(words_of(FORMS))
COMMON = NOUNS | frozenset(words_of(LITTLE))
LIGHT = COMMON | frozenset(words_of(SAINTS))
IN_BRACKETS = re.compile(r"\((?:the|le|la|les|l['’]|el|los|las)\)", re.IGNORECASE)
"""An article behind a name, as the United Nations' lists have it: `Niger (le)`. Without its brackets it is a code."""
ENDINGS = tuple(sorted((words_of(ending) for ending in CHINESE.split()), key=len, reverse=True))


def without_article(words: Words) -> Words:
    """A name without the article before it (`la Barbade`)."""
    return words[1:] if len(words) > 1 and words[0] in LEADING else words


def without_state_form(words: Words) -> Words:
    """The rest of a name; empty when nothing is left of it, the name itself when it says nothing of the kind."""
    for ending in ENDINGS:
        rest = words[: -len(ending)]
        # A name that says "country" itself (中国) is not followed by another word for it.
        if rest and rest[-1] != "国" and words[-len(ending) :] == ending:
            return rest
    if NOUNS.isdisjoint(words):
        return words
    return tuple(word for word in words if word not in COMMON)


def distinctive(words: Words) -> Words:
    """The words that tell which country is meant."""
    return tuple(word for word in without_state_form(words) if word not in LIGHT)
