"""The real service behind the nginx file that we ship, with TLS: a browser's walk through the web chat."""

from __future__ import annotations

import asyncio
import getpass
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.botapi import BotApi
from tests.contract.browser import Browser
from tests.samples import ANSWERS
from tests.service import Service, free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
OPENSSL = shutil.which("openssl")

pytestmark = pytest.mark.skipif(
    NGINX is None or OPENSSL is None, reason="no nginx or openssl on this machine (Debian: apt-get install nginx-light)"
)

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NAME = "stocktaking.example.org"

AROUND = """
user {account};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/stocktaking.conf;
}}
"""


@dataclass
class Front:
    """Where nginx listens, and the certificate to trust."""

    http: int
    https: int
    certificate: Path

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.https}"


class Here(AbstractResolver):
    """Every name is this machine."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": 2, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        return


@contextmanager
def nginx(folder: Path, front: Front, service_port: int) -> Iterator[None]:
    """nginx with the shipped file; only ports and the certificate's place are another's."""
    folder.mkdir()
    key = folder / "key.pem"
    subject = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    made = ("-keyout", str(key), "-out", str(front.certificate), "-days", "2", "-nodes", "-newkey", "rsa:2048")
    subprocess.run([str(OPENSSL), "req", "-x509", *made, *subject], check=True, capture_output=True)
    text = SHIPPED.read_text("utf-8")
    for ours, here in {
        "listen 80;": f"listen 127.0.0.1:{front.http};",
        "listen 443 ssl": f"listen 127.0.0.1:{front.https} ssl",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(front.certificate),
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(key),
        "server 127.0.0.1:8080;": f"server 127.0.0.1:{service_port};",
    }.items():
        assert ours in text, ours
        text = text.replace(ours, here)
    (folder / "stocktaking.conf").write_text(text, "utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, account=getpass.getuser()), "utf-8")
    process = subprocess.Popen([str(NGINX), "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(400):
            if (folder / "nginx.pid").exists():
                break
            assert process.poll() is None, (folder / "error.log").read_text()
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def client_of(front: Front) -> aiohttp.ClientSession:
    """A client that trusts the certificate, finds the name here, and says what browsers say."""
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=str(front.certificate)), resolver=Here())
    said = {"Origin": front.url, "Sec-Fetch-Site": "same-origin"}
    return aiohttp.ClientSession(front.url, connector=connector, headers=said)


async def hears_the_news(front: Front, anna: Browser, opened: asyncio.Event) -> bytes:
    """The first news of the event stream: with a buffer in between it would not come for a long time."""
    async with anna.client.get("/chat/stream") as stream:
        assert stream.status == 200
        async for line in stream.content:
            opened.set()
            if line.startswith(b"event:"):
                return line
    return b""


@pytest.mark.feature("O1", "S12")
async def test_a_walk_through_the_web_chat_behind_the_shipped_nginx_file(tmp_path: Path) -> None:
    front = Front(free_port(), free_port(), tmp_path / "nginx" / "certificate.pem")
    async with BotApi() as server:
        service = Service(
            tmp_path / "service",
            public_url=front.url,
            trusted_proxies="127.0.0.1",
            telegram_token=server.token,
            telegram_api_url=server.url,
            telegram_webhook_url=f"{front.url}/telegram",
            telegram_webhook_secret="a-secret-word",
        )
        with nginx(tmp_path / "nginx", front, service.port):
            async with service, client_of(front) as client:
                anna = Browser(front.url)
                await anna.client.close()
                anna.client = client
                assert (await client.get("/chat")).status == 200
                await anna.types("/start")
                assert len(client.cookie_jar) > 0
                assert all(cookie["secure"] for cookie in client.cookie_jar), list(client.cookie_jar)
                opened = asyncio.Event()
                news = asyncio.create_task(hears_the_news(front, anna, opened))
                async with asyncio.timeout(60):
                    await opened.wait()
                    for said in ("English", "/new"):
                        await anna.types(said)
                    assert (await news).startswith(b"event: news")
                while (here := anna.page.screen.removeprefix("filling/")) != "documents":
                    await anna.types(ANSWERS[here])
                picture = b"\xff\xd8\xff" + bytes(5_000_000)
                await anna.sends("lake.jpg", picture, "image/jpeg")
                assert any("lake.jpg" in line for line in anna.page.lines), anna.page.lines
                files = (tmp_path / "service" / "files").iterdir()
                kept = [path.stat().st_size for path in files if path.is_file()]
                assert kept == [len(picture)]
                foreign = {"Origin": "https://elsewhere.example.org"}
                assert (await client.post("/chat", data={"text": "hello"}, headers=foreign)).status == 403
                wrong = {"X-Telegram-Bot-Api-Secret-Token": "wrong"}
                assert (await client.post("/telegram", json={"update_id": 1}, headers=wrong)).status == 403
                right = {"X-Telegram-Bot-Api-Secret-Token": "a-secret-word"}
                assert (await client.post("/telegram", json={"update_id": 1}, headers=right)).status == 200
                plain = f"http://{NAME}:{front.http}/chat"
                moved = await client.get(plain, allow_redirects=False)
                assert (moved.status, moved.headers["Location"]) == (308, f"https://{NAME}/chat")
