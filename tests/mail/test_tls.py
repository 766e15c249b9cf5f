"""Letters go to a mail server only when its certificate is the right one; a refusal is one clear line."""

from __future__ import annotations

from pathlib import Path
from ssl import SSLContext

import pytest

from bot.channels.mail.server import MailServer
from bot.channels.mail.smtp_post import SmtpPost
from bot.delivery.outgoing import ChannelRefused, Delivered
from bot.rate_limit import Budget
from bot.settings import Settings, SettingsError
from tests.mail.certificates import Authority, certificate_of_itself
from tests.mail.mailbox import Mailbox
from tests.mail.test_smtp import READER, SENDER, letter


def post_to(mailbox: Mailbox, *, smtps: bool, trusted: Path | None) -> SmtpPost:
    server = MailServer("127.0.0.1", mailbox.port, smtps, trusted=str(trusted or ""))
    return SmtpPost(server, SENDER.address, Budget(400), patience=5.0)


async def refusal_of(tls: SSLContext, *, smtps: bool, trusted: Path | None) -> str:
    async with Mailbox(tls, smtps=smtps) as mailbox:
        post = post_to(mailbox, smtps=smtps, trusted=trusted)
        with pytest.raises(ChannelRefused) as refused:
            await post.send(READER, letter())
        assert not mailbox.letters and not mailbox.tried
    return str(refused.value)


@pytest.mark.feature("L8")
@pytest.mark.parametrize("smtps", [True, False], ids=["smtps", "starttls"])
async def test_a_wrong_certificate_is_refused_in_one_clear_line(tmp_path: Path, smtps: bool) -> None:
    authority = Authority(tmp_path)
    path, itself = certificate_of_itself(tmp_path)
    for tls, trusted, why in (
        (authority.server(), None, "unable to get local issuer certificate"),
        (authority.server(days=-1), authority.ca, "certificate has expired"),
        (authority.server("mail.example.org"), authority.ca, "IP address mismatch"),
        (itself, None, "self-signed certificate"),
    ):
        said = await refusal_of(tls, smtps=smtps, trusted=trusted)
        assert said.startswith("its certificate is refused: ") and why in said and "\n" not in said
    for good, trusted in ((authority.server(), authority.ca), (itself, path)):
        async with Mailbox(good, smtps=smtps) as mailbox:
            post = post_to(mailbox, smtps=smtps, trusted=trusted)
            assert await post.send(READER, letter()) == Delivered(None)
            await post.close()


def test_a_file_of_certificates_that_is_none_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path / "none.pem", tmp_path / "empty.pem"):
        if path.name == "empty.pem":
            path.write_text("nothing")
        monkeypatch.setenv("STOCKTAKING_MAIL_CA_FILE", str(path))
        with pytest.raises(SettingsError, match="MAIL_CA_FILE: holds no certificates"):
            Settings.read()
