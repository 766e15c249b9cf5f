"""A letter's headers and bodies, as Python's own reader of mail sees what goes over the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, strict

import pytest

from bot.channels.mail.letter import WIRE, Action, Letter, Paragraph, Sender, envelope_address, message
from tests.mail.mailbox import html_of, plain_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LONG = f"https://{'very-long-name.' * 8}example.org/letter/{'x' * 40}/stop"


def sent(
    subject: str = "Hello", language: str = "en", direction: str = "ltr", to: str = "a@example.org"
) -> EmailMessage:
    """A letter as it arrives."""
    said = Letter(
        subject,
        language,
        direction,
        (Paragraph("title", subject, subject), Paragraph("quote", "<b> & co", "&lt;b&gt; &amp; co")),
        (Action("Go on", "https://example.org/letter/abc"),),
        ("We write to you.",),
        Action("Stop", LONG),
    )
    sender = Sender("stocktaking@example.org", "WSIS, Stocktaking \r\nBcc: evil@example.org", "desk@example.org")
    made = message(said, sender, to, id="7/8/a", one_click=LONG, at=NOW)
    found = message_from_bytes(made.as_bytes(policy=WIRE), policy=SMTP + strict)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.feature("L7")
def test_what_somebody_wrote_becomes_no_header() -> None:
    found = sent("A title\r\nBcc: evil@example.org\n\nbody\u2028and more\x00")
    assert found["Bcc"] is None and found["Subject"] == "A title Bcc: evil@example.org body and more"
    assert found["From"].addresses[0].display_name == "WSIS, Stocktaking Bcc: evil@example.org"
    assert len(found["From"].addresses) == 1
    for address in ("a@example.org\r\nBcc: evil@example.org", "a b@example.org", "a@example.org\n", "nobody"):
        with pytest.raises(ValueError, match=r"address|domain|CR|injected|Invalid"):
            sent(to=address)


@pytest.mark.feature("L7")
def test_the_way_out_stays_one_address_however_long() -> None:
    assert sent()["List-Unsubscribe"] == f"<{LONG}>"


@pytest.mark.feature("L7")
def test_arabic_goes_from_right_to_left_and_comes_back_whole() -> None:
    title = "مشاركتكم «شبكات الطاقة الشمسية لقرى البحيرة» لم تكتمل بعد"
    found = sent(title, "ar", "rtl")
    assert found["Subject"] == title and found["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in html_of(found) and title in html_of(found) and title in plain_of(found)
    assert "text-align:right" in html_of(found)


@pytest.mark.parametrize("word", ["заявка", "مشاركة", "条目 条目", "fiche complétée", "Solar power", "à\u00a0: oui"])
@pytest.mark.feature("L7")
def test_no_space_between_words_is_lost(word: str) -> None:
    """Python 3.11 loses some where it folds a long header."""
    for times in range(1, 9):
        assert sent(title := " ".join([word] * times))["Subject"] == title[:150]


@pytest.mark.feature("L7")
def test_a_letter_is_whole_without_pictures_scripts_or_marks() -> None:
    found = sent("条目")
    html, plain = html_of(found), plain_of(found)
    assert "<img" not in html and "<script" not in html and "&lt;b&gt; &amp; co" in html
    assert "> <b> & co" in plain and "https://example.org/letter/abc" in plain and LONG in plain
    assert max(map(len, found.as_bytes(policy=SMTP).split(b"\r\n"))) < 998


def test_hosts_in_other_scripts_are_written_in_ascii() -> None:
    assert envelope_address("info@bücher.example") == "info@xn--bcher-kva.example"
    with pytest.raises(ValueError, match="no address"):
        envelope_address("книга@example.org")
