"""Letters are signed with a key of our own where one is set, as their readers' servers verify it (DKIM)."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import dkim
import pytest
from dns.asyncresolver import Resolver
from dns.resolver import NXDOMAIN

from bot.channels.mail.server import MailServer
from bot.channels.mail.signature import Signer
from bot.channels.mail.smtp_post import SmtpPost
from bot.delivery.outgoing import Delivered
from bot.doctor.network import look_at_mail
from bot.rate_limit import Budget
from bot.settings import Settings, SettingsError
from tests.mail.certificates import key_file
from tests.mail.mailbox import Mailbox, settings
from tests.mail.test_smtp import READER, SENDER, letter


@pytest.mark.feature("L7")
async def test_a_letter_is_signed_so_that_nobody_can_change_it_on_its_way(tmp_path: Path) -> None:
    signer = Signer.read(key_file(tmp_path / "key.pem"), "example.org", "letters1")
    async with Mailbox() as mailbox:
        server = MailServer("127.0.0.1", mailbox.port, smtps=False, clear=True)
        post = SmtpPost(server, SENDER.address, Budget(400), signer=signer, patience=5)
        assert await post.send(READER, letter()) == Delivered(None)
        await post.close()
    (wire,) = mailbox.wires

    def verified(wire: bytes) -> bool:
        def look_up(name: bytes, timeout: int = 5) -> bytes | None:
            known = name == b"letters1._domainkey.example.org."
            return f"v=DKIM1; k=rsa; p={signer.public}".encode() if known else None

        return bool(dkim.verify(wire, dnsfunc=look_up))

    assert verified(wire)
    header = wire.partition(b"\r\n\r\n")[0].lower()
    signed = header.partition(b"h=")[2].partition(b";")[0]
    for name in (b"from", b"subject", b"message-id", b"list-unsubscribe", b"list-unsubscribe-post"):
        assert name in signed.replace(b"\r\n", b"").replace(b" ", b"").split(b":")
    for before, after in (
        (b"Hello", b"Hallo"),
        (b"To: ", b"To: eve@example.org, "),
        (b"From: ", b"From: eve@example.org\r\nFrom: "),
        (b"Subject: ", b"Subject: Another one\r\nSubject: "),
        (b"List-Unsubscribe: <", b"List-Unsubscribe: <https://evil.example/,"),
    ):
        assert before in wire and not verified(wire.replace(before, after, 1)), before


async def test_the_doctor_says_whether_the_key_stands_in_the_dns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands: list[str] = []

    async def resolve(self: Resolver, name: str, kind: str, **_: object) -> list[SimpleNamespace]:
        assert (name, kind) == ("letters1._domainkey.example.org", "TXT")
        if not stands:
            raise NXDOMAIN
        return [SimpleNamespace(strings=[stands[0][:200].encode(), stands[0][200:].encode()])]

    monkeypatch.setattr(Resolver, "resolve", resolve)
    async with Mailbox() as mailbox:
        key = str(key_file(tmp_path / "key.pem"))
        for name, value in {**settings(mailbox, 8080), "mail_dkim_key": key, "mail_dkim_selector": "letters1"}.items():
            monkeypatch.setenv(f"STOCKTAKING_{name.upper()}", value)
        for first, wrong, word in (("", True, "NXDOMAIN"), ("v=DKIM1; p=other", True, "another key"), ("?", False, "")):
            signer = Settings.read().mail_signer
            assert signer is not None
            stands[:] = [signer.public if first == "?" else first] if first else []
            found = (await look_at_mail(Settings.read()))[1]
            assert found.wrong is wrong and word in found.what
            assert not wrong or f"p={signer.public}" in found.advice


def test_a_key_that_cannot_sign_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in settings(Mailbox(), 8080).items():
        monkeypatch.setenv(f"STOCKTAKING_{name.upper()}", value)
    small, none = key_file(tmp_path / "small.pem", 1024), tmp_path / "none.pem"
    monkeypatch.setenv("STOCKTAKING_MAIL_DKIM_KEY", str(small))
    with pytest.raises(SettingsError, match="MAIL_DKIM_KEY and MAIL_DKIM_SELECTOR are set together"):
        Settings.read()
    monkeypatch.setenv("STOCKTAKING_MAIL_DKIM_SELECTOR", "letters1")
    signer = Settings.read().mail_signer
    assert signer is not None and signer.name == "letters1._domainkey.example.org"
    assert "PRIVATE" not in repr(signer)
    monkeypatch.setenv("STOCKTAKING_MAIL_DKIM_SELECTOR", "a b")
    with pytest.raises(SettingsError, match="MAIL_DKIM_SELECTOR: must be a name in the DNS"):
        Settings.read()
    for words, why in (("", "cannot be read"), ("no key", "holds no private key")):
        if words:
            none.write_text(words)
        monkeypatch.setenv("STOCKTAKING_MAIL_DKIM_KEY", str(none))
        with pytest.raises(SettingsError, match=f"MAIL_DKIM_KEY: {why}"):
            Settings.read()
