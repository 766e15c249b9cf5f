"""What cannot be answered, as programs read it: RFC 9457 problem details."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web
from pydantic import ValidationError

from bot.pages.api.models import Problem

__all__ = ["HEADERS", "Merged", "answer", "refusal"]

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Any site's page may read what is open anyway; nothing of it is ever run."""


class Merged(web.HTTPGone):
    """An entry is not public any more, as it was merged into another."""

    def __init__(self, into: str) -> None:
        super().__init__(text=f"It was merged into {into}.")
        self.into = into


def answer(error: web.HTTPException, detail: str | None = None) -> web.Response:
    """A refusal, with its `Retry-After` and `Allow`."""
    problem = Problem(
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        detail=detail or _detail(error),
        merged_into=error.into if isinstance(error, Merged) else None,
    )
    headers = {**HEADERS, "Cache-Control": "no-store"}
    headers |= {name: error.headers[name] for name in ("Allow", "Retry-After") if name in error.headers}
    text = problem.model_dump_json(exclude_none=True)
    return web.Response(status=error.status, text=text, content_type="application/problem+json", headers=headers)


def refusal(error: ValidationError) -> str:
    """Which parameter is wrong and why, in a line."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, each['loc'])) or 'query'}: {each['msg']}" for each in found[:3])


def _detail(error: web.HTTPException) -> str | None:
    return error.text if error.text and not error.text.startswith(f"{error.status}:") else None
