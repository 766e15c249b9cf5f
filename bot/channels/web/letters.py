"""What the links of a letter lead to. A look changes nothing: programs that check mail open every address in it.

`/letter/<token>` has one button: it confirms the address, or opens the letter's draft; `/letter/<token>/stop` ends such
letters, and takes a mail program's own one-click request (RFC 8058), which brings no cookie and needs none.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from aiohttp import web
from sqlmodel import Session

from bot.app import App
from bot.channels.web import chat, pages
from bot.channels.web.access.identity import Visitor, keep_session, recognised, visitor
from bot.channels.web.access.limits import LIMITS
from bot.channels.web.access.origin import origin_of
from bot.channels.web.app_keys import APP, HUB
from bot.channels.web.forms import plain_form
from dialogs.domain.events import Chose
from dialogs.domain.messages import Code, M, Message
from storage.mail import letter_tokens, mailboxes
from storage.mail.letter_tokens import Letter
from storage.people import sessions
from storage.people.sessions import Known

__all__ = ["ROUTES"]

BESIDE = {"tomorrow": "remind:tomorrow", "never": "remind:never"}
"""What can be pressed beside the button that opens a draft, and the chat's own choice that it is."""


async def look(request: web.Request) -> web.Response:
    """What the link is for, and its button."""
    app, letter = request.app[APP], await _letter(request)
    if letter is None:
        return _page(app, visitor(request), None, M("letters.over"), M("letters.over_why"))
    if letter.confirms:
        asked = M("letters.confirm_ask", address=Code(letter.address))
        return _page(app, visitor(request), letter, asked, None, button=M("letters.confirm_button"), act="confirm")
    if letter.draft is None:
        return _page(app, visitor(request), letter, M("letters.over"), M("letters.over_why"))
    return _page(
        app,
        visitor(request),
        letter,
        M("letters.go_on"),
        M("letters.go_on_what"),
        button=M("remind.continue"),
        act="open",
        beside=((M("remind.tomorrow"), "tomorrow"), (M("remind.never"), "never")),
    )


async def press(request: web.Request) -> web.StreamResponse:
    """Do what the button says."""
    app, form, letter = request.app[APP], await plain_form(request), await _letter(request)
    request.app[LIMITS].people.take(origin_of(request, app.settings.trusted_proxies).address)
    act = form.get("act", "")
    if letter is not None and letter.confirms and act == "confirm":
        return await _confirmed(request, letter)
    if letter is None or letter.draft is None:
        return _page(app, visitor(request), letter, M("letters.over"), M("letters.over_why"))
    if act in BESIDE:
        return await _beside(request, letter, letter.draft, act)
    return await _opened(request, letter, letter.draft)


async def ask_to_stop(request: web.Request) -> web.Response:
    """Whether such letters are to end."""
    app, letter = request.app[APP], await _letter(request)
    return _page(
        app,
        visitor(request),
        letter,
        M("letters.stop_ask"),
        M("letters.stop_what"),
        button=M("letters.stop"),
        act="stop",
    )


async def stop(request: web.Request) -> web.Response:
    """End them: by the page's button, or by a mail program at once. A token that is not known has nothing to end."""
    app, letter = request.app[APP], await _letter(request)
    if letter is not None:
        now = app.turns.now()
        await app.database.write(lambda session: mailboxes.stop(session, letter.person, letter.topic, now))
    return _page(app, visitor(request), letter, M("letters.stopped"), M("letters.stopped_what"))


async def _confirmed(request: web.Request, letter: Letter) -> web.Response:
    app, now = request.app[APP], request.app[APP].turns.now()
    good = await app.database.write(lambda session: mailboxes.confirm(session, letter.person, letter.address, now))
    if not good:
        return _page(app, visitor(request), letter, M("letters.over"), M("letters.over_why"))
    done = M("letters.on", address=Code(letter.address))
    return _page(app, visitor(request), letter, done, M("letters.confirm_done"))


async def _opened(request: web.Request, letter: Letter, draft: str) -> web.StreamResponse:
    """Go on with the draft here. A browser in which somebody else is at work keeps what it has."""
    app, who = request.app[APP], await recognised(request)
    if who.known is not None and who.known.person != letter.person:
        return _page(app, who, letter, M("letters.other_here"), M("letters.other_here_what"))
    response = web.HTTPSeeOther("/chat#now")
    if who.known is None or who.only not in (None, draft):
        who = await _new_session(request, response, letter.person, draft, who)
    event = Chose(f"remind:continue:{draft}", "", app.turns.now())
    taken = await chat.take(app, who, secrets.token_hex(12), event)
    request.app[HUB].went_on(who.address, taken.outcome.turn)
    return response


async def _new_session(
    request: web.Request, response: web.StreamResponse, person: int, draft: str, before: Visitor
) -> Visitor:
    """A session that is good for this draft alone, instead of one for another draft."""
    app, fresh = request.app[APP], before.under_new_cookie()
    now = app.turns.now()

    def work(session: Session) -> Known | None:
        if before.known is not None:
            sessions.end(session, before.address)
        sessions.open_for_draft(session, person, draft, fresh.address, now)
        return sessions.known(session, fresh.address, now)

    known = await app.database.write(work)
    await keep_session(request, response, fresh)
    return replace(fresh, known=known)


async def _beside(request: web.Request, letter: Letter, draft: str, act: str) -> web.Response:
    """ "Tomorrow" and "not this year", as in the chat. Nothing of the person is shown, and no session is opened."""
    app = request.app[APP]
    address, now = secrets.token_hex(32), app.turns.now()
    # A turn is somebody's at an address: one of a session that begins and ends with this press.
    await app.database.write(lambda session: sessions.open_for_draft(session, letter.person, draft, address, now))
    update = secrets.token_hex(12)
    outcome = await app.turns.bound(draft).take("web", address, update, Chose(BESIDE[act], "", now))
    await app.turns.stored.shown("web", update, person=outcome.person)
    await app.database.write(lambda session: sessions.end(session, address))
    said = M("reminders.tomorrow") if act == "tomorrow" else M("reminders.not_this_year")
    return _page(app, visitor(request), letter, M("letters.done"), said)


async def _letter(request: web.Request) -> Letter | None:
    app, token = request.app[APP], request.match_info["token"]
    now = app.turns.now()
    return await app.database.read(lambda session: letter_tokens.find(session, token, now))


def _page(
    app: App,
    who: Visitor,
    letter: Letter | None,
    title: Message,
    text: Message | None,
    *,
    button: Message | None = None,
    act: str = "",
    beside: tuple[tuple[Message, str], ...] = (),
) -> web.Response:
    """A page in the language of who was written to, else in that of the browser."""
    language = letter.language if letter is not None else who.language
    zone = (letter.zone if letter is not None else None) or who.zone
    shown = {"title": title, "text": text, "button": button, "act": act, "beside": beside}
    return web.Response(text=pages.render("letter.html", app, language, zone, **shown), content_type="text/html")


ROUTES = [
    web.get("/letter/{token}", look),
    web.post("/letter/{token}", press),
    web.get("/letter/{token}/stop", ask_to_stop),
    web.post("/letter/{token}/stop", stop),
]
