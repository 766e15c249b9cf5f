"""Debian's own IMAP server, with one mailbox, over TLS."""

from __future__ import annotations

import asyncio
import grp
import os
import pwd
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from bot.channels.mail.server import ImapServer
from tests.mail.certificates import Authority
from tests.service import free_port

__all__ = ["MISSING", "PROGRAM", "Dovecot"]

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MISSING = "no dovecot on this machine (Debian: apt-get install dovecot-imapd)"
USER, PASSWORD = "desk@example.org", "pass/word"
CONFIGURATION = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
ssl = required
auth_failure_delay = 0
ssl_cert = <{root}/server.pem
ssl_key = <{root}/server.pem
mail_location = maildir:{root}/mail
default_internal_user = {keeper}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    """As root it works under the accounts that Debian made for it, else under ours."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.root.chmod(0o755)
        self.port, self.starttls = free_port(), free_port()
        as_root = os.geteuid() == 0
        mine = pwd.getpwuid(os.geteuid())
        self.owner = pwd.getpwnam("dovecot") if as_root else mine
        login = "dovenull" if as_root else mine.pw_name
        authority = Authority(self.root)
        (self.root / "server.pem").write_bytes(authority.pem())
        text = CONFIGURATION.format(
            root=self.root,
            keeper=self.owner.pw_name,
            group=grp.getgrgid(self.owner.pw_gid).gr_name,
            login=login,
            uid=self.owner.pw_uid,
            gid=self.owner.pw_gid,
            port=self.port,
            starttls=self.starttls,
            password=PASSWORD,
        )
        (self.root / "conf").write_text(text)
        self.new, self.seen = self.root / "mail" / "new", self.root / "mail" / "cur"
        for folder in (self.root / "mail", self.new, self.seen, self.root / "mail" / "tmp"):
            folder.mkdir(exist_ok=True)
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)
        self.server = ImapServer("127.0.0.1", self.port, True, USER, PASSWORD, trusted=str(authority.ca))

    def comes(self, name: str, content: bytes) -> None:
        """A message comes to the mailbox."""
        path = self.new / name
        path.write_bytes(content)
        os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def flags(self) -> dict[str, str]:
        """Messages by name, with their flags: S is seen. What nobody looked at has none yet."""
        found = [path.name.partition(":2,") for folder in (self.new, self.seen) for path in folder.iterdir()]
        return {name.partition(",")[0]: flags for name, _, flags in found}

    async def __aenter__(self) -> Dovecot:
        assert PROGRAM is not None
        self._process = await asyncio.create_subprocess_exec(PROGRAM, "-F", "-c", str(self.root / "conf"))
        async with asyncio.timeout(30):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    assert self._process.returncode is None, (self.root / "log").read_text()
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.terminate()
        await self._process.wait()
        shutil.rmtree(self.root, ignore_errors=True)
