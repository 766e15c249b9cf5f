"""Answers are fetched from a mailbox on a real IMAP server; what is not for us stays there, unseen, for people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.mail.imap_mailbox import ImapMailbox, MailboxRefused, check
from bot.channels.mail.server import ImapServer
from tests.driver import ON_ONE_ENGINE, Stage
from tests.mail.dovecot import MISSING, PROGRAM, Dovecot
from tests.mail.test_announced_by_both import announced, some_people
from tests.mail.test_answers import answer_to, desk, letters
from tests.mail.test_bounces import returned

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


@ON_ONE_ENGINE
@pytest.mark.feature("L5", "L10")
async def test_answers_are_fetched_once_and_what_is_not_for_us_stays_unseen(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    now, database = stage.clock.now(), stage.database
    await database.write(lambda session: some_people(session, now))
    await database.write(lambda session: announced(session, now))
    sent = await letters(stage)
    async with Dovecot() as dovecot:
        dovecot.comes("1", answer_to(sent["one@example.org"], "A question", writer="one@example.org"))
        dovecot.comes("2", b"From: someone@else.example\nSubject: To the desk\n\nHello")
        dovecot.comes("3", returned(sent["two@example.org"]))
        dovecot.comes("4", b"x" * 3_000_000)
        away = answer_to(sent["one@example.org"], "I am away", writer="one@example.org", Auto_Submitted="auto-replied")
        dovecot.comes("5", away)
        mailbox = ImapMailbox(dovecot.server, database, stage.clock.now)
        assert await mailbox.round() == 3
        assert [text for _, text in await desk(stage)] == ["A question"]
        assert dovecot.flags() == {"1": "S", "2": "", "3": "S", "4": "", "5": "S"}

        # A process that died before it could mark a message finds it again, and it is kept once.
        dovecot.comes("6", answer_to(sent["one@example.org"], "A question", writer="one@example.org"))
        assert await ImapMailbox(dovecot.server, database, stage.clock.now).round() == 1
        assert await mailbox.round() == 0 and len(await desk(stage)) == 1

        await check(replace(dovecot.server, imaps=False, port=dovecot.starttls))
        for wrong, why in (
            (replace(dovecot.server, password="another"), "it refuses TLS, the user or the password"),
            (replace(dovecot.server, folder="None"), "it has no such folder"),
            (replace(dovecot.server, trusted=""), "its certificate is refused: unable to get local issuer certificate"),
            (replace(dovecot.server, host="localhost"), "its certificate is refused: Hostname mismatch"),
        ):
            with pytest.raises(MailboxRefused, match=why):
                await check(wrong)
        refused = ImapMailbox(replace(dovecot.server, password="another"), database, stage.clock.now)
        assert (await refused.round(), await refused.round()) == (0, 0)
        assert caplog.text.count("answers by mail cannot be read") == 1 and "another" not in caplog.text
    assert await mailbox.round() == 0  # it is down


def test_an_address_of_a_mailbox_is_checked() -> None:
    server = ImapServer.of("imaps://desk%40itu.int:a%2Fb@imap.itu.int/Answers")
    assert (server.user, server.password, server.port, server.folder) == ("desk@itu.int", "a/b", 993, "Answers")
    assert "a/b" not in repr(server)
    for wrong in ("imap.itu.int", "smtps://a:b@c", "imaps://c", "imaps://a@c", "imaps://a:b%0d%0ax@c"):
        with pytest.raises(ValueError, match="must"):
            ImapServer.of(wrong)
