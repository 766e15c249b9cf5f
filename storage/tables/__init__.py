"""All tables, so that one import knows them."""

from storage.tables.announcements import LiveRow, TermsRow
from storage.tables.console import ConsoleLinkRow, ConsoleSessionRow
from storage.tables.contacts import (
    ContactGroupRow,
    ContactImportRow,
    ContactListRow,
    ContactRow,
    KindWordRow,
    UnwantedContactRow,
)
from storage.tables.drafts import AnswerRow, DraftRow, FileRow, HandOverRow, HistoryRow, UnwantedFileRow
from storage.tables.entries import CallRow, EntryRow, EntryVersionRow, LateCodeRow, LateUseRow
from storage.tables.entry_codes import EntryCodeRow
from storage.tables.follows import FollowRow
from storage.tables.freshness import FreshnessRow
from storage.tables.mail import LetterKeyRow, LetterTokenRow, MailboxRow
from storage.tables.organizers import (
    DeskAnswerRow,
    InvitationRow,
    LogRow,
    NamedOrganizerRow,
    OrganizerMenuRow,
    OrganizerRow,
)
from storage.tables.people import AccountRow, JoinCodeRow, OrganizerMessageRow, PersonRow, TranscriptRow
from storage.tables.person_country import answer_changed, find_country
from storage.tables.prizes import PrizeScoreRow, PrizeVoteRow, StandingRow
from storage.tables.processed_updates import HandledRow, ParkedRow
from storage.tables.push import PushReceiverRow, PushRow
from storage.tables.questionnaires import EditionRow
from storage.tables.receipts import ReceiptKeyRow, ReceiptRow
from storage.tables.register import IndexedRow, PostingRow, RegisterStateRow
from storage.tables.reminders import ReminderPlanRow
from storage.tables.report import ReportCommentRow, ReportOrderRow, ReportTextRow
from storage.tables.review import (
    AssignmentRow,
    CommentRow,
    ConflictRow,
    EntryHistoryRow,
    ReviewMessageRow,
    RoundRow,
    ScoreRow,
)
from storage.tables.search import PieceRow, SearchRow
from storage.tables.service_marks import MarkRow
from storage.tables.sessions import SessionRow

__all__ = [
    "AccountRow",
    "AnswerRow",
    "AssignmentRow",
    "CallRow",
    "CommentRow",
    "ConflictRow",
    "ConsoleLinkRow",
    "ConsoleSessionRow",
    "ContactGroupRow",
    "ContactImportRow",
    "ContactListRow",
    "ContactRow",
    "DeskAnswerRow",
    "DraftRow",
    "EditionRow",
    "EntryCodeRow",
    "EntryHistoryRow",
    "EntryRow",
    "EntryVersionRow",
    "FileRow",
    "FollowRow",
    "FreshnessRow",
    "HandOverRow",
    "HandledRow",
    "HistoryRow",
    "IndexedRow",
    "InvitationRow",
    "JoinCodeRow",
    "KindWordRow",
    "LateCodeRow",
    "LateUseRow",
    "LetterKeyRow",
    "LetterTokenRow",
    "LiveRow",
    "LogRow",
    "MailboxRow",
    "MarkRow",
    "NamedOrganizerRow",
    "OrganizerMenuRow",
    "OrganizerMessageRow",
    "OrganizerRow",
    "ParkedRow",
    "PersonRow",
    "PieceRow",
    "PostingRow",
    "PrizeScoreRow",
    "PrizeVoteRow",
    "PushReceiverRow",
    "PushRow",
    "ReceiptKeyRow",
    "ReceiptRow",
    "RegisterStateRow",
    "ReminderPlanRow",
    "ReportCommentRow",
    "ReportOrderRow",
    "ReportTextRow",
    "ReviewMessageRow",
    "RoundRow",
    "ScoreRow",
    "SearchRow",
    "SessionRow",
    "StandingRow",
    "TermsRow",
    "TranscriptRow",
    "UnwantedContactRow",
    "UnwantedFileRow",
    "answer_changed",
    "find_country",
]
