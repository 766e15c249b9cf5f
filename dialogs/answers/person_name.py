"""A person's name out of what people write when they are asked for it: `My name is Jane Doe, jane@example.org`."""

from __future__ import annotations

import re

__all__ = ["name_in"]

SAID = re.compile(
    r"^(?:(?:hello|hi|bonjour|hola|здравствуйте|привет|مرحبا|السلام عليكم|你好|您好)[\s,.!،，。！]+)?"
    r"(?:(?:my name is|my name['’]s|i am|i['’]m|this is|je m['’]appelle|mon nom est|je suis|me llamo|mi nombre es|soy"
    r"|меня зовут|мо[её] имя|اسمي هو|اسمي|أنا)(?:\s*[:：]\s*|\s+)|(?:我的名字是|我的名字叫|我叫|我是)[\s:：]*)",
    re.IGNORECASE,
)
"""How people begin to say who they are."""

ADDRESS = re.compile(r"[\s,;(<]*[^\s,;(<@]+@[^\s@]+$")
"""An address behind the name: it has a question of its own."""

LONGEST = 200
"""Characters of a text in which a name is looked for."""


def name_in(text: str) -> str:
    """The name alone; the text as it is where nothing would be left, or it is too long for a name."""
    if len(text) > LONGEST:
        return text
    rest = SAID.sub("", text, count=1)
    if "@" in rest:
        rest = ADDRESS.sub("", rest).strip(" ,،，;")
    return rest if any(character.isalpha() for character in rest) else text
