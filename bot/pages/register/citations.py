"""An entry cited: in a line, and as files for reference managers (RIS, BibTeX, CSL-JSON)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from aiohttp import web

from bot.app import App
from bot.channels.web.app_keys import APP
from bot.pages.register.addresses import Addresses
from dialogs.domain.messages import Code, M, Message, Moment
from storage.search import public
from storage.search.public import PublicEntry

__all__ = ["FORMS", "line", "serve"]

KINDS = {
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "json": "application/vnd.citationstyles.csl+json",
}
FORMS = (("ris", "RIS"), ("bib", "BibTeX"), ("json", "CSL-JSON"))

TEX = re.compile(r"([\\{}$&#_%~^])")


def line(entry: PublicEntry, app: App, to: Addresses) -> Message:
    """The citation as one line in the reader's language."""
    return M(
        "public.citation",
        organisation=entry.organisation,
        title=entry.title,
        reference=Code(entry.reference),
        version=entry.version,
        date=Moment(entry.received, date_only=True),
        address=Code(f"{app.settings.public_url or ''}{to.entry(entry.reference)}"),
    )


async def serve(request: web.Request) -> web.Response:
    app, form = request.app[APP], request.match_info["form"]
    language, reference = request.match_info["language"], request.match_info["reference"]
    entry = await app.database.read(lambda session: public.entry(session, reference))
    if language not in app.words.languages or not isinstance(entry, PublicEntry):
        raise web.HTTPNotFound
    address = f"{app.settings.public_url or ''}{Addresses(language).entry(reference)}"
    headers = {
        "Content-Disposition": f'attachment; filename="{reference}.{form}"',
        "Cache-Control": "no-cache",
    }
    return web.Response(text=WRITERS[form](entry, address), content_type=KINDS[form], charset="utf-8", headers=headers)


def _ris(entry: PublicEntry, address: str) -> str:
    fields = [
        ("TY", "DATA"),
        ("ID", entry.reference),
        ("TI", _one_line(entry.title)),
        ("AU", _one_line(entry.organisation)),
        ("PB", "WSIS Stocktaking"),
        ("PY", str(entry.received.year)),
        ("DA", f"{entry.received:%Y/%m/%d}"),
        ("LA", entry.language),
        ("UR", address),
        ("AB", _one_line(str(entry.answers.get("description") or ""))),
        ("ER", ""),
    ]
    return "".join(f"{name}  - {value}\r\n" for name, value in fields if value or name == "ER")


def _bibtex(entry: PublicEntry, address: str) -> str:
    fields = {
        "title": _tex(entry.title),
        "author": f"{{{_tex(entry.organisation)}}}",
        "publisher": "WSIS Stocktaking",
        "year": str(entry.received.year),
        "number": entry.reference,
        "version": str(entry.version),
        "url": address,
        "langid": entry.language,
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{entry.reference},\n{body}\n}}\n"


def _csl(entry: PublicEntry, address: str) -> str:
    item = {
        "id": entry.reference,
        "type": "dataset",
        "title": entry.title,
        "author": [{"literal": entry.organisation}],
        "publisher": "WSIS Stocktaking",
        "issued": {"date-parts": [[entry.received.year, entry.received.month, entry.received.day]]},
        "version": str(entry.version),
        "language": entry.language,
        "abstract": entry.answers.get("description") or "",
        "URL": address,
    }
    return json.dumps([item], ensure_ascii=False, indent=1)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return TEX.sub(lambda found: NAMED.get(found[1], "\\" + found[1]), _one_line(text))


NAMED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}

WRITERS: Mapping[str, Callable[[PublicEntry, str], str]] = {"ris": _ris, "bib": _bibtex, "json": _csl}
