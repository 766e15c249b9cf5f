"""Files: pictures and documents are taken; what cannot be looked into, is empty, too large or too many is not."""

import pytest

from dialogs.answers.file import check_file
from dialogs.answers.readers import check
from dialogs.domain.events import FileRef
from tests.answers.asking import context, question, reading, refused

MEGABYTE = 1_000_000
DOCUMENTS = question("file", max_files=3, max_mb_each=20)


def sent(name: str, kind: str = "application/octet-stream", size: int = 1000) -> FileRef:
    return FileRef("f1", "source", name, kind, size)


@pytest.mark.parametrize(
    "file",
    [
        *(sent("report.pdf"), sent("REPORT.PDF"), sent("photo.jpeg"), sent("table.xlsx"), sent("notes.txt")),
        *(sent("photo", "image/jpeg"), sent("", "application/pdf"), sent("تقرير.docx")),
        sent("edge.pdf", size=20 * MEGABYTE),
    ],
)
def test_pictures_and_documents_are_taken(file: FileRef) -> None:
    assert check_file(DOCUMENTS, file, 0) is None


@pytest.mark.feature("C12")
@pytest.mark.parametrize(
    ("file", "count", "key"),
    [
        (sent("tool.exe"), 0, "reading.file.kind"),
        (sent("all.zip", "application/zip"), 0, "reading.file.kind"),
        (sent("report.pdf.exe", "application/pdf"), 0, "reading.file.kind"),
        (sent("film", "video/mp4"), 0, "reading.file.kind"),
        (sent("report.pdf", size=0), 0, "reading.file.empty"),
        (sent("report.pdf", size=20 * MEGABYTE + 1), 0, "reading.file.too_large"),
        (sent("report.pdf"), 3, "reading.file.too_many"),
    ],
)
def test_each_file_that_is_not_taken_is_told_why(file: FileRef, count: int, key: str) -> None:
    message = check_file(DOCUMENTS, file, count)
    assert message is not None
    assert message.key == key


def test_words_are_no_file() -> None:
    assert refused(reading("file", "here it is")).key == "reading.file.text"


def test_kept_files_are_checked_by_their_number() -> None:
    assert check(DOCUMENTS, ["a", "b", "c"], context()) is None
    assert check(DOCUMENTS, ["a", "b", "c", "d"], context()) is not None
    assert check(DOCUMENTS, [], context()) is not None
