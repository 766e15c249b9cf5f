"""What the settings say about announcing, kept in the store: whoever plans a message, in any process, agrees on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlmodel import Session

from storage.tables import TermsRow

__all__ = ["Terms", "keep", "terms"]


@dataclass(frozen=True, slots=True)
class Terms:
    """`rate`: messages a second. `approval`: a second organizer's word is needed. `channel`: where announcements are
    posted as well, such as `@wsis`. `folder`: of the files people sent. `site`: where our pages are found. `mail`:
    letters can be sent."""

    rate: float = 30.0
    approval: bool = False
    channel: str = ""
    folder: str = ""
    site: str = ""
    mail: bool = False


def keep(session: Session, terms: Terms) -> None:
    """Let these terms hold from now on."""
    session.merge(TermsRow(id=1, **asdict(terms)))
    session.flush()


def terms(session: Session) -> Terms:
    """The terms that hold."""
    row = session.get(TermsRow, 1)
    return Terms(row.rate, row.approval, row.channel, row.folder, row.site, row.mail) if row is not None else Terms()
