"""The report as a Word document that editors go on working in: real headings, tables, languages and directions."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.report.charts import png, svg
from bot.report.errors import ReportError
from bot.report.model import Chapter, Entry, Field, Figure, HeatMap, Index, Report, Section

__all__ = ["write"]

SHADES = ("FFFFFF", "E7F0FA", "C3DBF3", "8FBBE6", "4A8AC9", "1A5A9E")
ACCENT, SOFT = "1A5A9E", "556271"
FONTS = {"ascii": "Noto Sans", "hAnsi": "Noto Sans", "cs": "Noto Sans Arabic", "eastAsia": "Noto Sans CJK SC"}
LANGUAGES = {"zh": "zh-CN", "ar": "ar-SA", "en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU"}
MARKS = "\u2066\u2067\u2068\u2069"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same document twice has the same bytes."""


def write(report: Report, path: Path) -> str:
    """Write the document. Returns what is to be said about it: nothing."""
    try:
        import docx
    except ImportError:
        raise ReportError("DOCX needs the extra `report`: pip install 'stocktaking[report]'") from None
    document = docx.Document()
    _Writer(document, report).all()
    made = datetime.fromisoformat(report.dated)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = report.title, "", ""
    properties.created = properties.modified = made
    properties.last_modified_by, properties.revision = "", 1
    kept = io.BytesIO()
    document.save(kept)
    path.write_bytes(_undated(kept.getvalue()))
    return ""


def _undated(data: bytes) -> bytes:
    """The archive with one date for all its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, EPOCH), old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Writer:
    """Puts the report's pieces into a document, each with its language and direction."""

    def __init__(self, document: Any, report: Report) -> None:
        from docx.shared import Mm, Pt

        self.document, self.report = document, report
        self.marks = 0
        page = document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(24)
        normal = document.styles["Normal"]
        normal.font.size = Pt(10)
        for style in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
            _fonts(document.styles[style].element.get_or_add_rPr())

    def all(self) -> None:
        report = self.report
        if report.watermark:
            self.text(report.watermark, bold=True, colour=ACCENT)
            self._running(report.watermark)
        self.heading(report.title, 0)
        self.text(report.subtitle)
        self.text(report.stamp, colour=SOFT)
        if not report.figures:
            self.entry(report.entries[0])
            return
        self.page_break()
        self.text(report.words["contents"], bold=True, colour=ACCENT)
        self.contents()
        for section in report.sections:
            self.section(section)
        self.heading(report.words["figures"], 1, new_page=True)
        for figure in report.figures:
            self.figure(figure)
        self.heat_map(report.heat_map)
        for chapter in report.chapters:
            self.chapter(chapter)
        for index in report.indexes:
            self.index(index)
        for section in report.closing:
            self.section(section)

    # -- pieces --------------------------------------------------------------------------------------------------------

    def section(self, section: Section) -> None:
        self.heading(section.heading, 1, section.language, section.direction, new_page=True)
        self.paragraphs(section)

    def paragraphs(self, piece: Section | Field) -> None:
        for part in piece.paragraphs:
            self.text(part, piece.language, piece.direction)

    def chapter(self, chapter: Chapter) -> None:
        self.heading(f"{chapter.code} {chapter.title}".strip(), 1, new_page=True)
        self.text(chapter.counted, colour=SOFT)
        if chapter.introduction is not None:
            self.paragraphs(chapter.introduction)
        for entry in chapter.entries:
            self.entry(entry)
        if chapter.also_said:
            self.text(chapter.also_said)

    def entry(self, entry: Entry) -> None:
        heading = self.heading(entry.title, 2, entry.language, entry.direction)
        self._mark(heading, entry.reference)
        said = " · ".join(part for part in (entry.by, entry.reference, entry.prize) if part)
        self.text(said, colour=SOFT)
        for field in entry.facts:
            paragraph = self._paragraph("Normal", "", "")
            paragraph.paragraph_format.space_after = 0
            self._run(paragraph, f"{field.label}: ", "", "", colour=SOFT)
            self._run(paragraph, field.text, field.language, "ltr" if field.link else "")
        for field in entry.texts:
            self.heading(field.label, 3)
            self.paragraphs(field)
        if entry.address:
            self.text(f"{self.report.words['online']} {entry.address}")
        if entry.comments:
            self.text(f"{self.report.words['comments']} {entry.comments.removeprefix('mailto:').partition('?')[0]}")

    def figure(self, figure: Figure) -> None:
        from docx.shared import Mm

        self.heading(figure.title, 2)
        if figure.lead:
            self.text(figure.lead)
        paragraph = self.document.add_paragraph()
        picture = paragraph.add_run().add_picture(io.BytesIO(png(svg(figure, self.report))), width=Mm(162))
        said = "; ".join(f"{group.label}: {group.said}" for group in figure.groups)
        picture._inline.docPr.set("descr", f"{figure.title}. {said}")
        rows = self._table(len(figure.groups), 3, (102, 30, 30))
        for cells, group in zip(rows, figure.groups, strict=True):
            for cell, text in zip(cells, (group.label, group.said, group.share), strict=True):
                self._put(cell, text)
        self.text(" · ".join(part for part in (self.report.stamp, figure.several) if part), colour=SOFT)

    def heat_map(self, heat_map: HeatMap) -> None:
        self.heading(heat_map.title, 2)
        columns = len(heat_map.columns)
        head, *rows = self._table(1 + len(heat_map.rows), 1 + columns, (43, *(7 for _ in range(columns))))
        for cell, (code, _) in zip(head[1:], heat_map.columns, strict=True):
            self._put(cell, code, bold=True, size=7)
        for cells, (code, name), counts in zip(rows, heat_map.rows, heat_map.cells, strict=True):
            self._put(cells[0], f"{code} {name}", size=7)
            for cell, count in zip(cells[1:], counts, strict=True):
                shade = heat_map.shade(count)
                self._put(cell, str(count), size=7, colour="FFFFFF" if shade > 3 else "16202C")
                _shade(cell, SHADES[shade])
        self.text(f"{heat_map.note} {self.report.stamp}", colour=SOFT)

    def index(self, index: Index) -> None:
        """Names with fields for the pages of their entries, which the word processor counts."""
        self.heading(index.title, 1, new_page=True)
        for name, references in index.lines:
            paragraph = self.text(f"{name}  ")
            for place, reference in enumerate(references):
                if place:
                    paragraph.add_run(", ")
                _field(paragraph, f"PAGEREF {_bookmark(reference)} \\h", "·")

    def contents(self) -> None:
        """A field too: the word processor fills it in when the document is opened."""
        from docx.oxml.ns import qn

        _field(self._paragraph("Normal", "", ""), 'TOC \\o "1-1" \\h \\z', self.report.words["contents"])
        settings = self.document.settings.element
        settings.find(qn("w:compat")).addprevious(_element("w:updateFields", val="true"))

    # -- words ---------------------------------------------------------------------------------------------------------

    def heading(self, text: str, level: int, language: str = "", direction: str = "", *, new_page: bool = False) -> Any:
        paragraph = self._paragraph("Title" if level == 0 else f"Heading {level}", language, direction)
        paragraph.paragraph_format.page_break_before = new_page
        self._run(paragraph, text, language, direction)
        return paragraph

    def text(self, text: str, language: str = "", direction: str = "", *, bold: bool = False, colour: str = "") -> Any:
        paragraph = self._paragraph("Normal", language, direction)
        self._run(paragraph, text, language, direction, bold=bold, colour=colour)
        return paragraph

    def page_break(self) -> None:
        self.document.add_page_break()

    def _paragraph(self, style: str, language: str, direction: str) -> Any:
        paragraph = self.document.add_paragraph()
        if style != "Normal":
            paragraph._p.style = style.replace(" ", "")  # its id: asking the library for it reads all styles each time
        self._directed(paragraph, direction)
        return paragraph

    def _directed(self, paragraph: Any, direction: str) -> None:
        if (direction or self.report.direction) == "rtl":
            _add(paragraph._p.get_or_add_pPr(), "w:bidi")

    def _run(
        self,
        paragraph: Any,
        text: str,
        language: str,
        direction: str,
        *,
        bold: bool = False,
        colour: str = "",
        size: int = 0,
    ) -> None:
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(_allowed(text))
        run.bold = bold or None
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        if size:
            run.font.size = Pt(size)
        properties = run._r.get_or_add_rPr()
        _fonts(properties)
        if size:
            _add(properties, "w:szCs", val=str(2 * size))
        if (direction or self.report.direction) == "rtl":
            _add(properties, "w:rtl")
        code = LANGUAGES.get(language or self.report.language, language)
        _add(properties, "w:lang", val=code, bidi=code, eastAsia=code)

    def _put(
        self,
        cell: Any,
        text: str,
        language: str = "",
        direction: str = "",
        *,
        bold: bool = False,
        colour: str = "",
        size: int = 9,
    ) -> None:
        from docx.shared import Pt

        paragraph = cell.paragraphs[0]
        self._directed(paragraph, direction)
        paragraph.paragraph_format.space_after = Pt(1)
        self._run(paragraph, text, language, direction, bold=bold, colour=colour, size=size)

    def _table(self, rows: int, columns: int, widths: tuple[int, ...]) -> list[Any]:
        """A table's cells, row by row; widths in millimetres."""
        from docx.enum.table import WD_TABLE_DIRECTION
        from docx.shared import Mm

        table = self.document.add_table(rows, columns)
        table.autofit = False
        if self.report.direction == "rtl":
            table.table_direction = WD_TABLE_DIRECTION.RTL
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        made = [row.cells for row in table.rows]
        for cells in made:
            for cell, width in zip(cells, widths, strict=True):
                cell.width = Mm(width)
        return made

    def _mark(self, paragraph: Any, reference: str) -> None:
        """A bookmark around the heading, for the indexes."""
        self.marks += 1
        begin = _element("w:bookmarkStart", id=str(self.marks), name=_bookmark(reference))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, begin)
        paragraph._p.append(_element("w:bookmarkEnd", id=str(self.marks)))

    def _running(self, watermark: str) -> None:
        """The watermark's words at the head of each page: where every word processor shows them."""
        paragraph = self.document.sections[0].header.paragraphs[0]
        self._directed(paragraph, "")
        self._run(paragraph, watermark, "", "", bold=True, colour=ACCENT)


def _bookmark(reference: str) -> str:
    return reference.replace("-", "_")


def _allowed(text: str) -> str:
    """Without control characters, which XML has no way to write, and marks of isolation, at which LibreOffice loses
    the comma that follows: runs and paragraphs say their direction themselves.
    """
    return "".join(
        character for character in text if (character >= " " or character in "\t\n") and character not in MARKS
    )


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _add(parent: Any, tag: str, **attributes: str) -> None:
    parent.append(_element(tag, **attributes))


def _fonts(properties: Any) -> None:
    """The faces for Latin, Arabic and Chinese letters, in place of those of the template's theme."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, family in FONTS.items():
        fonts.set(qn(f"w:{name}"), family)


def _shade(cell: Any, colour: str) -> None:
    _add(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=colour)


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field that the word processor works out, with what stands there until then."""
    run = paragraph.add_run()._r
    run.append(_element("w:fldChar", fldCharType="begin"))
    code = _element("w:instrText")
    code.text = instruction
    run.append(code)
    run.append(_element("w:fldChar", fldCharType="separate"))
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="end"))
