"""Letters through Debian's own Postfix, over TLS: taken, refused, and sent back later; its notices are understood."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.channels.mail.server import MailServer
from bot.channels.mail.smtp_post import SmtpPost
from bot.delivery.outgoing import Delivered, Failed
from bot.rate_limit import Budget
from bot.services.incoming_mail import Taken, take_in
from dialogs.domain.notice import Cause
from storage.announcements import announcements
from tests.driver import ON_ONE_ENGINE, Stage
from tests.mail.certificates import Authority
from tests.mail.mailbox import Mailbox
from tests.mail.test_announced_by_both import announced, some_people
from tests.mail.test_answers import letters
from tests.service import free_port

PROGRAM = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MAIN = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
maillog_file = {root}/log
maillog_file_prefixes = {root}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.itu.example
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = example.org, itu.example
virtual_mailbox_base = {root}/mail
virtual_mailbox_maps = inline:{{ one@example.org=one/, stocktaking@itu.example=sender/ }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
relay_domains = later.example
transport_maps = inline:{{ later.example=smtp:[127.0.0.1]:{onward} }}
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {root}/server.pem
smtpd_relay_restrictions = permit_mynetworks, reject
mynetworks = 127.0.0.0/8
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
smtp unix - - n - - smtp
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def postfix(port: int, onward: int) -> Iterator[tuple[Path, Path]]:
    """Postfix in a folder of its own; the folder of mailboxes, and who its certificate is trusted by."""
    root = Path(tempfile.mkdtemp(prefix="postfix-"))
    root.chmod(0o755)
    authority = Authority(root)
    (root / "server.pem").write_bytes(authority.pem())
    for name, owner in (("queue", None), ("data", "postfix"), ("mail", "postfix")):
        (root / name).mkdir()
        if owner:
            shutil.chown(root / name, owner, owner)
    found = (root / "data").stat()
    (root / "main.cf").write_text(MAIN.format(root=root, onward=onward, uid=found.st_uid, gid=found.st_gid))
    (root / "master.cf").write_text(MASTER.format(port=port))
    control = [str(PROGRAM), "-c", str(root)]
    subprocess.run([*control, "start"], check=True, capture_output=True)
    try:
        yield root / "mail", authority.ca
    finally:
        subprocess.run([*control, "stop"], check=False, capture_output=True)
        shutil.rmtree(root, ignore_errors=True)


async def came(mailbox: Path) -> bytes:
    """The first message of a mailbox, once it is there."""
    async with asyncio.timeout(30):
        while not (found := list((mailbox / "new").glob("*"))):  # noqa: ASYNC110 (it is another program's)
            await asyncio.sleep(0.1)
    return found[0].read_bytes()


@ON_ONE_ENGINE
@pytest.mark.faults
@pytest.mark.skipif(PROGRAM is None or os.geteuid() != 0, reason="needs Debian's postfix, and root to start it")
async def test_letters_through_postfix_are_taken_refused_and_sent_back(stage: Stage) -> None:
    """By way of another server, which knows no such user."""
    now, database, port = stage.clock.now(), stage.database, free_port()
    await database.write(lambda session: some_people(session, now))
    notice = await database.write(lambda session: announced(session, now))
    written = await letters(stage)
    async with Mailbox() as onward:
        onward.at_reader = lambda *_: "550 5.1.1 no such user"
        await _through(stage, written, port, onward.port, notice)


async def _through(stage: Stage, written: dict[str, EmailMessage], port: int, onward: int, notice: int) -> None:
    now, database = stage.clock.now(), stage.database
    with postfix(port, onward) as (mailboxes, trusted):
        server = MailServer("127.0.0.1", port, smtps=False, trusted=str(trusted))
        post = SmtpPost(server, "stocktaking@itu.example", Budget(400), patience=20)
        assert await post.send("one@example.org", written["one@example.org"]) == Delivered(None)
        arrived = await came(mailboxes / "one")
        assert written["one@example.org"]["Message-ID"].encode() in arrived
        refused = await post.send("nobody@example.org", written["one@example.org"])
        assert isinstance(refused, Failed) and refused.cause is Cause.NOT_FOUND

        # One that is taken, and cannot be delivered after all.
        assert await post.send("two@later.example", written["two@example.org"]) == Delivered(None)
        returned = await came(mailboxes / "sender")
        await post.close()
    assert await take_in(database, returned, now) is Taken.BOUNCE
    progress = await database.read(lambda session: announcements.progress(session, notice, rate=30, now=now))
    assert progress.failed == {"not_found": 1}
