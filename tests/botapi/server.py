"""The server: methods over HTTP, updates by polling and by webhook, faults on demand."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.botapi import actions
from tests.botapi.channels import Channel
from tests.botapi.people import Group, Person
from tests.botapi.refusals import Refusal, bad, too_many
from tests.botapi.table import checked

__all__ = ["BotApi", "Call", "Faults", "Hold"]

TOKEN = "4242:test-token"
LONGEST_POLL = 50


@dataclass(frozen=True)
class Call:
    """A call that the bot made: when it came (a monotonic clock's seconds), what it said, how it was answered."""

    at: float
    method: str
    params: dict[str, Any]
    ok: bool


@dataclass
class Faults:
    """What goes wrong, on demand."""

    drop_before: int = 0  # so many calls are cut off before they have an effect
    lost: list[str] = field(default_factory=list)  # the next call of each of these has its effect; its answer is lost
    errors: int = 0  # so many calls are answered with 502
    slow: float = 0.0  # seconds before every answer
    halts: deque[int] = field(default_factory=deque)  # the next calls that send are answered 429 with these seconds
    duplicate: bool = False  # every update comes twice
    broken_files: set[str] = field(default_factory=set)  # files whose download is answered with 502
    older: bool = False  # a server of before rich messages, moments in texts, styles and copies on buttons


class Hold:
    """One call that is on its way for as long as a test wants: `caught` when it has come, done after `let_go`."""

    def __init__(self, wanted: Callable[[str, dict[str, Any]], bool]) -> None:
        self.wanted = wanted
        self.caught = asyncio.Event()
        self.released = asyncio.Event()

    def let_go(self) -> None:
        self.released.set()


class BotApi:
    """`async with BotApi() as server`: then `server.url`, `server.token`, `server.person("Anna")`.

    `calls`, `violations` (calls that the method table refuses) and `queries` are there to be read. A test that
    leaves it with violations fails.
    `rate` and `chat_gap` switch pacing on: messages a second for the bot, seconds between two in a chat.
    """

    def __init__(self, *, rate: int | None = None, chat_gap: float | None = None) -> None:
        self.token = TOKEN
        self.me = {"id": 4242, "is_bot": True, "first_name": "Stocktaking", "username": "stocktaking_bot"}
        self.rate, self.chat_gap = rate, chat_gap
        self.at_once = 100  # updates that one call of getUpdates is given at most
        self.faults = Faults()
        self._holds: list[Hold] = []
        self.halts_told: list[tuple[float, int]] = []  # each 429: when, and for how many seconds
        self.people: dict[int, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.own: set[tuple[int, int]] = set()  # the bot's messages
        self.files: dict[str, bytes] = {}
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.queries: dict[str, dict[str, Any]] = {}
        self.settings: dict[str, Any] = {}
        self.webhook: dict[str, Any] | None = None
        self.delivered: set[int] = set()
        self.in_reply: list[Call] = []  # those of `calls` that came in a reply to a webhook call
        self._updates: deque[tuple[tuple[str, int], dict[str, Any]]] = deque()
        self._queues: dict[tuple[str, int], deque[dict[str, Any]]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._poller: asyncio.Event | None = None
        self._changed = asyncio.Condition()
        self._changes: dict[int, int] = defaultdict(int)
        self._last_change: dict[int, float] = {}
        self._counter = 1000
        self._update_id = 70_000
        self._banned_until = 0.0
        self._sent: deque[float] = deque()
        self._sent_to: dict[int, float] = {}

    async def __aenter__(self) -> Self:
        return await self.start()

    async def start(self, port: int = 0) -> Self:
        site = web.Application(client_max_size=60_000_000)
        site.router.add_route("*", "/bot{token}/{method}", self._called)
        site.router.add_get("/file/bot{token}/{path:.*}", self._download)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = "http://{}:{}".format(*self._runner.addresses[0][:2])
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for worker in self._workers:
            worker.cancel()
        await self._session.close()
        await self._runner.cleanup()
        if kind is None:  # nothing hides a failure that says more
            self.judge()

    def judge(self) -> None:
        """Every call that was made was one that the method table accepts. Leaving the server asks this by itself."""
        assert not self.violations, "\n".join(self.violations)

    def person(self, name: str, language: str = "en") -> Person:
        """Somebody new."""
        self._counter += 1
        person = Person(self, self._counter, name, language)
        self.people[person.id] = person
        return person

    def group(self, name: str) -> Group:
        """A group, with somebody in it who writes."""
        self._counter += 1
        group = Group(self, -self._counter, name, self.person(f"Member of {name}"))
        self.people[group.id] = group
        return group

    def channel(self, name: str) -> Channel:
        """A public channel such as `@wsis`, with an owner. The bot is no member yet."""
        self._counter += 1
        number = -1_000_000_000_000 - self._counter
        channel = Channel(self, number, name, self.person(f"Owner of {name}"))
        self.people[channel.id] = self.channels[name.lower()] = channel
        return channel

    def hold(self, person: Person, method: str = "sendMessage") -> Hold:
        """Keep the next such call about a person on its way, as a slow network does: others overtake it."""
        hold = Hold(lambda called, params: called == method and str(params.get("chat_id")) == str(person.id))
        self._holds.append(hold)
        return hold

    async def _held(self, method: str, params: dict[str, Any]) -> None:
        hold = next((hold for hold in self._holds if hold.wanted(method, params)), None)
        if hold is not None:
            self._holds.remove(hold)
            hold.caught.set()
            await hold.released.wait()

    def ban(self, seconds: int) -> None:
        """Refuse everything that is sent, for so long, as Telegram does with a bot that was too fast."""
        self._banned_until = time.monotonic() + seconds

    @property
    def waiting(self) -> int:
        """How many updates the bot has not taken yet."""
        return len(self._updates) + sum(len(theirs) for theirs in self._queues.values())

    def next_id(self) -> int:
        self._counter += 1
        return self._counter

    def make_message(self, chat: dict[str, Any], sender: dict[str, Any] | None, **content: Any) -> dict[str, Any]:
        """A message that stands in a chat. In a channel nobody is named as its sender."""
        id = self.next_id()
        who = {"from": sender} if sender is not None else {"sender_chat": chat}
        message = {"message_id": id, "date": int(time.time()), "chat": chat, **who, **content}
        self.messages[chat["id"], id] = message
        return message

    def keep_file(self, content: bytes) -> dict[str, Any]:
        """A file that can be downloaded."""
        id = f"file{self.next_id()}"
        self.files[id] = content
        return {"file_id": id, "file_unique_id": f"u{id}", "file_size": len(content)}

    async def push(self, content: dict[str, Any], queue: tuple[str, int]) -> int:
        """An update for the bot; its id. `queue` is what Telegram keeps in order: a chat, or a person's presses."""
        self._update_id += 1
        update = {"update_id": self._update_id, **content}
        for _ in range(2 if self.faults.duplicate else 1):
            self._pend(queue, update)
        await self._tell()
        return self._update_id

    def _pend(self, queue: tuple[str, int], update: dict[str, Any]) -> None:
        """Keep an update until it is fetched, or call the webhook with it."""
        if self.webhook is None:
            self._updates.append((queue, update))
        else:
            self._enqueue(queue, update)

    async def deliver_to(self, webhook: dict[str, Any] | None, drop: bool) -> None:
        """Set or delete the webhook. What was not taken yet goes the new way, in its order, unless it is dropped."""
        waiting = list(self._updates)
        waiting += [(queue, update) for queue, theirs in self._queues.items() for update in theirs]
        for worker in self._workers:
            worker.cancel()
        self._workers.clear()
        self._queues.clear()
        self._updates.clear()
        self.webhook = webhook
        for queue, update in sorted(waiting, key=lambda item: item[1]["update_id"]) if not drop else ():
            self._pend(queue, update)

    async def press(self, person: Person, message: dict[str, Any], data: str) -> str:
        """A press on a button; the query's id."""
        id = str(self.next_id())
        query = {"id": id, "from": person.user, "chat_instance": "1", "data": data, "message": message}
        self.queries[id] = {"at": time.monotonic(), "answered": None, "person": person}
        await self.push({"callback_query": query}, ("presses", person.id))
        return id

    async def ask(self, person: Person, text: str) -> str:
        """A search that is being typed; the query's id."""
        id = str(self.next_id())
        query = {"id": id, "from": person.user, "query": text, "offset": "", "chat_type": "sender"}
        self.queries[id] = {"at": time.monotonic(), "answered": None, "person": person, "results": None}
        await self.push({"inline_query": query}, ("searches", person.id))
        return id

    async def until(self, holds: Callable[[], bool], patience: float) -> None:
        """Wait until something holds, looking again after every change; TimeoutError when patience ends."""
        async with asyncio.timeout(patience), self._changed:
            while not holds():
                await self._changed.wait()

    def changes_of(self, chat: int) -> int:
        """How often the bot has changed what stands in a chat."""
        return self._changes[chat]

    async def quiet(self, chat: int, seconds: float = 0.12) -> None:
        """Wait until the bot has finished changing a chat."""
        left = seconds
        while left > 0:
            await asyncio.sleep(left)
            left = self._last_change.get(chat, 0.0) + seconds - time.monotonic()

    async def changed(self, chat: int) -> None:
        """The bot has changed what stands in a chat."""
        self._changes[chat] += 1
        self._last_change[chat] = time.monotonic()
        await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _called(self, request: web.Request) -> web.StreamResponse:
        at, method = time.monotonic(), request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _json(Refusal(401, "Unauthorized").as_json(), 401)
        if method.lower() != "getupdates" and (cut := await self._cut_off(request)) is not None:
            return cut
        params, files = await _params(request)
        await self._held(method, params)
        try:
            result = await self._answer(method, params, files)
        except Refusal as refusal:
            self.calls.append(Call(at, method, params, ok=False))
            await self._tell()
            return _json(refusal.as_json(), refusal.code)
        self.calls.append(Call(at, method, params, ok=True))
        await self._tell()
        await asyncio.sleep(self._slowness(params))
        if method in self.faults.lost:
            self.faults.lost.remove(method)
            return await _hang_up(request)
        return _json({"ok": True, "result": result}, 200)

    def _slowness(self, params: dict[str, Any]) -> float:
        """Seconds until the bot hears of its success with this chat."""
        chat = str(params.get("chat_id", ""))
        person = self.people.get(int(chat)) if chat.lstrip("-").isdigit() else None
        return person.slow if person is not None else 0.0

    async def _cut_off(self, request: web.Request) -> web.StreamResponse | None:
        if self.faults.slow:
            await asyncio.sleep(self.faults.slow)
        if self.faults.drop_before:
            self.faults.drop_before -= 1
            return await _hang_up(request)
        if self.faults.errors:
            self.faults.errors -= 1
            return _json(Refusal(502, "Bad Gateway").as_json(), 502)
        return None

    async def _answer(self, method: str, params: dict[str, Any], files: Mapping[str, bytes]) -> Any:
        try:
            values, wrong = checked(method, params, set(files))
        except KeyError:
            self.violations.append(f"there is no method {method}")
            raise Refusal(404, "Not Found: method not found") from None
        if wrong:
            self.violations += wrong
            raise bad(wrong[0])
        if method.lower() == "getupdates":
            return await self._poll(values)
        act = actions.ACTIONS.get(method.lower())
        if act is None:
            self.settings[method] = values
            return True
        if method.lower().startswith(("send", "copy", "forward")):
            self._pace(values.get("chat_id"))
        return await act(self, values, files)

    def _pace(self, chat: Any) -> None:
        now = time.monotonic()
        if self.faults.halts:
            raise self._halt(now, self.faults.halts.popleft())
        if now < self._banned_until:
            raise self._halt(now, math.ceil(self._banned_until - now))
        while self._sent and now - self._sent[0] >= 1:
            self._sent.popleft()
        if self.rate is not None and len(self._sent) >= self.rate:
            raise self._halt(now, 1)
        if self.chat_gap is not None and now - self._sent_to.get(chat, -10) < self.chat_gap:
            raise self._halt(now, 1)
        self._sent.append(now)
        self._sent_to[chat] = now

    def _halt(self, now: float, seconds: int) -> Refusal:
        self.halts_told.append((now, seconds))
        return too_many(seconds)

    async def _poll(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook is not None:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if self._poller is not None:
            self._poller.set()
        mine = self._poller = asyncio.Event()
        offset, limit = values.get("offset") or 0, min(values.get("limit") or 100, self.at_once)
        while self._updates and self._updates[0][1]["update_id"] < offset:
            self.delivered.add(self._updates.popleft()[1]["update_id"])
            await self._tell()
        deadline = time.monotonic() + min(values.get("timeout") or 0, LONGEST_POLL)
        try:
            while True:
                if mine.is_set():
                    raise Refusal(
                        409,
                        "Conflict: terminated by other getUpdates request; "
                        "make sure that only one bot instance is running",
                    )
                if self._updates or time.monotonic() >= deadline:
                    return [update for _, update in self._updates][:limit]
                await asyncio.sleep(0.02)
        finally:
            if self._poller is mine:
                self._poller = None

    def _enqueue(self, queue: tuple[str, int], update: dict[str, Any]) -> None:
        if queue in self._queues:
            self._queues[queue].append(update)
            return
        self._queues[queue] = deque([update])
        worker = asyncio.create_task(self._deliver(queue))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _deliver(self, queue: tuple[str, int]) -> None:
        """Call the webhook until it says 2xx, one update after the other, until none is left."""
        waiting = self._queues[queue]
        while waiting:
            wait = 0.05
            while not await self._accepted(waiting[0]):
                await asyncio.sleep(wait)
                wait = min(wait * 2, 1.0)
            self.delivered.add(waiting.popleft()["update_id"])
            await self._tell()
        del self._queues[queue]

    async def _accepted(self, update: dict[str, Any]) -> bool:
        hook = self.webhook
        if hook is None:
            return False
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.get("secret_token") or ""}
        try:
            async with self._session.post(hook["url"], json=update, headers=headers) as answer:
                body = await answer.read()
                if 200 <= answer.status < 300:
                    await self._called_in_reply(body)
                    return True
        except (aiohttp.ClientError, TimeoutError):
            pass
        return False

    async def _called_in_reply(self, body: bytes) -> None:
        """A method in the reply to a webhook call is done, and nobody hears its result."""
        if not body.strip().startswith(b"{"):
            return
        params = json.loads(body)
        method = params.pop("method", None)
        if method:
            try:
                await self._answer(method, params, {})
                self.in_reply.append(Call(time.monotonic(), method, params, ok=True))
            except Refusal:
                self.in_reply.append(Call(time.monotonic(), method, params, ok=False))
            self.calls.append(self.in_reply[-1])
            await self._tell()

    async def _download(self, request: web.Request) -> web.Response:
        id = request.match_info["path"].rpartition("/")[2]
        if id in self.faults.broken_files:
            return web.Response(status=502)
        content = self.files.get(id)
        return web.Response(body=content) if content is not None else web.Response(status=404)


class Upload(bytes):
    """The bytes of a file that came along, with its name."""

    name = "file"


async def _params(request: web.Request) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    if request.content_type == "application/json":
        return dict(await request.json()), {}
    form = await request.post()
    texts: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    for key, value in form.items():
        if isinstance(value, web.FileField):
            files[key] = Upload(value.file.read())
            files[key].name = value.filename
        else:
            texts[key] = value
    return {**dict(request.query), **texts}, files


async def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=500)


def _json(content: dict[str, Any], status: int) -> web.Response:
    return web.json_response(content, status=status)
