"""Every kind of letter in every language before judges from outside: a spam filter, an HTML checker, rules of mail."""

from __future__ import annotations

import re
import subprocess
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, strict
from pathlib import Path

import pytest

from bot.channels.mail.letter import WIRE
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.mail.every_kind import ADDRESS, SENDER, Letters, letters
from tests.mail.mailbox import html_of, plain_of

MOST = 2.0
"""Points of a spam filter that a letter may have; 5 are spam."""
SPAM = """From: "Winner" <a@b.example>
To: you@c.example
Subject: CONGRATULATIONS!!! YOU HAVE WON $1,000,000
Message-ID: <1@b.example>
Date: Fri, 20 Nov 2026 09:00:00 +0000

Dear friend, I am a barrister. The sum of ten million US dollars waits in a foreign bank account for the next of kin.
XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X
"""
FOR_OUTLOOK = '<td> attribute "align" not allowed for HTML5'
"""What one kind of mail program centres the letter by: it knows no margins of tables."""

VERDICT = re.compile(r"^X-Spam-Status: \w+, score=(-?[\d.]+)", re.MULTILINE)


@ON_ONE_ENGINE
@pytest.mark.feature("L7")
async def test_every_letter_in_every_language_passes_the_judges(
    stage: Stage, anna: Person, remi: Person, tmp_path: Path
) -> None:
    written = await letters(stage, anna, remi)
    assert len(written) == 14 * 6
    wires = {name: made.as_bytes(policy=WIRE) for name, made in written.items()}
    for name, wire in wires.items():
        arrived = message_from_bytes(wire, policy=SMTP + strict)  # raises at any defect
        assert isinstance(arrived, EmailMessage)
        _reads_as_it_was_written(arrived, written[name])
        assert not _of_the_html(html_of(arrived)), name
    _of_a_spam_filter(wires, tmp_path)
    _reads_like_a_letter(written)


def _reads_as_it_was_written(arrived: EmailMessage, made: EmailMessage) -> None:
    assert not [value for value in arrived.values() if getattr(value, "defects", ())]
    assert all(not part.defects for part in arrived.walk())
    assert arrived["Subject"] == made["Subject"] and arrived["To"].addresses[0].addr_spec == ADDRESS
    assert arrived["From"].addresses[0].addr_spec == SENDER.address
    assert plain_of(arrived).replace("\r\n", "\n") == plain_of(made)
    assert html_of(arrived).replace("\r\n", "\n") == html_of(made)


def _of_the_html(html: str) -> list[str]:
    """What HTML Tidy has against it."""
    tidy = subprocess.run(["tidy", "-e", "-q", "-utf8"], input=html.encode(), capture_output=True, check=False)
    complaints = [line.partition(": ")[2] for line in tidy.stderr.decode().splitlines()]
    return [each for each in complaints if each != FOR_OUTLOOK]


def _of_a_spam_filter(wires: dict[tuple[str, str], bytes], folder: Path) -> None:
    """SpamAssassin's own rules, without asking the network. One process judges all, as it takes seconds to start; the
    last message shows that it judges.
    """
    files = []
    for number, wire in enumerate([*wires.values(), SPAM.encode()]):
        files.append(folder / f"{number:03}.eml")
        files[-1].write_bytes(wire)
    judge = ["spamassassin", "--local", *map(str, files)]
    said = subprocess.run(judge, capture_output=True, check=True).stdout.decode(errors="replace")
    points = [float(each) for each in VERDICT.findall(said)]
    assert len(points) == len(files), said[-2000:]
    assert points[-1] > 5, "the judge has no rules"
    assert not {name: each for name, each in zip(wires, points, strict=False) if each > MOST}


def _reads_like_a_letter(written: Letters) -> None:
    """No letter speaks of what it has not: a command of the chat, several buttons."""
    for (kind, language), made in written.items():
        said = plain_of(made).partition("\n-- \n")[0]
        assert not re.search(r"(?<![\w:/.])/[a-z]{3,}", said), (kind, language, said)
        assert said.count("https://") == (kind not in ("receipt", "announcement")), (kind, language, said)


def test_the_checker_of_html_checks() -> None:
    assert _of_the_html("<!doctype html><title>x</title><p><b>not closed<p></i>")
