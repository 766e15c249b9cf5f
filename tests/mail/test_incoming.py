"""What comes in by mail is read without trust: answers without what they quote, and nothing hostile does harm."""

from __future__ import annotations

import pytest

from bot.channels.mail.incoming import LONGEST_TEXT, Automatic, Other, Reply, read

OURS = f"12.{'a' * 32}@example.org"
LINK = f"https://x.example/letter/{'s' * 32}"
HEAD = f"""From: Amina Otieno <amina@lakenet.org>
To: desk@example.org
Subject: Re: An answer
Message-ID: <1@lakenet.org>
In-Reply-To: <{OURS}>
"""


def reply(body: str, *, head: str = "", kind: str = "text/plain; charset=utf-8") -> bytes:
    return f"{HEAD}{head}MIME-Version: 1.0\nContent-Type: {kind}\n\n{body}".encode()


def text_of(message: bytes) -> str:
    found = read(message)
    assert isinstance(found, Reply), found
    assert found.answers == f" <{OURS}>" and found.writer == "amina@lakenet.org" and found.id == "<1@lakenet.org>"
    return found.text


@pytest.mark.feature("L10")
def test_an_answer_is_its_own_words_without_what_it_quotes_and_without_our_secrets() -> None:
    quoted = f"On Friday the desk wrote:\n> Yes, both.\n> {LINK}/stop\n"
    assert text_of(
        reply(f"Thank you!\n\n{quoted}\nAnd the date?\n-- \nAmina")
    ) == "Thank you!\n\n\nAnd the date?".replace("\n\n\n", "\n\n")
    assert LINK[-20:] not in text_of(reply(f"I pressed {LINK} and <{LINK}/stop>, and\n/letter/{'s' * 32}"))
    html = f"<style>p {{}}</style><p>Merci&nbsp;!<br>Amina</p><blockquote>{LINK}</blockquote>"
    assert text_of(reply(html, kind="text/html; charset=utf-8")).split() == ["Merci", "!", "Amina"]
    both = f"--b\nContent-Type: text/plain\n\nPlain\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
    assert text_of(reply(both, kind='multipart/alternative; boundary="b"')) == "Plain"
    named = both.replace("text/plain\n", "text/plain\nContent-Disposition: attachment\n")
    assert "Merci" in text_of(reply(named, kind='multipart/mixed; boundary="b"'))
    assert len(text_of(reply("word " * 10_000))) == LONGEST_TEXT + 1
    assert text_of(reply("Привет").replace(b"utf-8", b"no-such-charset")) == "Привет"
    assert text_of(HEAD.encode() + b"\nol\xe1\x00\x1b[31m") == "ol�[31m"


@pytest.mark.feature("L10")
@pytest.mark.parametrize(
    "mark",
    [
        *(
            "Auto-Submitted: auto-replied",
            "Auto-Submitted: AUTO-GENERATED; x=1",
            "Precedence: bulk",
            "Precedence: List",
        ),
        *("X-Autoreply: yes", "List-Id: <a.example>", "Return-Path: <>", "List-Unsubscribe: <https://x.example>"),
    ],
)
def test_programs_are_not_listened_to(mark: str) -> None:
    assert isinstance(read(reply("I am away.", head=f"{mark}\n")), Automatic)
    assert isinstance(read(reply("I am here.", head="Auto-Submitted: no\n")), Reply)


def _nested(levels: int, kind: str) -> str:
    if kind.startswith("message"):
        return f"Content-Type: {kind}\n\n" * levels
    return "".join(f'Content-Type: {kind}; boundary="{n}"\n\n--{n}\n' for n in range(levels))


REPORT = f"{HEAD}Content-Type: multipart/report; boundary=b\n\n--b\n"
HOSTILE = {
    "nothing": b"",
    "noise": bytes(range(256)) * 4000,
    "nested": (HEAD + _nested(2000, "multipart/mixed")).encode(),
    "nested within the bound": (HEAD + _nested(14, "multipart/mixed") + "x\n" * 400_000).encode(),
    "letters in letters": (HEAD + _nested(5000, "message/rfc822")).encode(),
    "a report of letters": (
        HEAD + "Content-Type: multipart/report; boundary=b\n\n--b\n" + _nested(12, "message/rfc822")
    ).encode(),
    "a long header": (f"References: {'<' * 500_000}\n" + HEAD + "\nhi").encode(),
    "many addresses": f"From: {'a@b,' * 200_000}\n\nhi".encode(),
    "no end of a comment": (f"From: {'(' * 300_000}\nContent-Type: {';' * 300_000}\n\n").encode(),
    "tags without end": reply("<" * 900_000, kind="text/html"),
    "styles without end": reply("<style>" * 120_000, kind="text/html"),
    "links without end": reply("https://" * 100_000),
    "a wrong encoding": reply("=ZZ=\x00" * 1000, head="Content-Transfer-Encoding: base64\n"),
    "no type": reply("hi", kind='/;;="\\'),
    "uuencoded": reply("begin 666 a\n" + "M" * 50_000, head="Content-Transfer-Encoding: x-uuencode\n"),
}


@pytest.mark.feature("L10")
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_nothing_hostile_raises_or_takes_without_end(content: bytes) -> None:
    assert isinstance(read(content), (Automatic, Other, Reply))


def test_what_names_no_letter_is_left_to_people() -> None:
    assert isinstance(read(b"From: a@b.example\nSubject: Hello\n\nHello"), Other)
    assert isinstance(read(reply("> only what was quoted")), Other)
