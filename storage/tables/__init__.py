"""All tables, so that one import knows them."""

from storage.tables.announcing import LiveRow, TermsRow
from storage.tables.contacts import ContactListRow, ContactRow, UnwantedContactRow
from storage.tables.countries import find_country
from storage.tables.drafts import AnswerRow, DraftRow, FileRow, HandOverRow, HistoryRow, UnwantedFileRow
from storage.tables.entries import CallRow, EntryRow, EntryVersionRow, LateCodeRow, LateUseRow
from storage.tables.handled import HandledRow
from storage.tables.organizing import (
    DeskAnswerRow,
    InvitationRow,
    LogRow,
    NamedOrganizerRow,
    OrganizerMenuRow,
    OrganizerRow,
)
from storage.tables.people import AccountRow, JoinCodeRow, OrganizerMessageRow, PersonRow, TranscriptRow
from storage.tables.search import PieceRow, SearchRow
from storage.tables.service import MarkRow
from storage.tables.sessions import SessionRow

__all__ = [
    "AccountRow",
    "AnswerRow",
    "CallRow",
    "ContactListRow",
    "ContactRow",
    "DeskAnswerRow",
    "DraftRow",
    "EntryRow",
    "EntryVersionRow",
    "FileRow",
    "HandOverRow",
    "HandledRow",
    "HistoryRow",
    "InvitationRow",
    "JoinCodeRow",
    "LateCodeRow",
    "LateUseRow",
    "LiveRow",
    "LogRow",
    "MarkRow",
    "NamedOrganizerRow",
    "OrganizerMenuRow",
    "OrganizerMessageRow",
    "OrganizerRow",
    "PersonRow",
    "PieceRow",
    "SearchRow",
    "SessionRow",
    "TermsRow",
    "TranscriptRow",
    "UnwantedContactRow",
    "UnwantedFileRow",
    "find_country",
]
