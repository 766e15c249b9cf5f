"""A template as a Word document: a table to fill in for each section, with drop-down lists where there are options.

Written as it is kept, in parts of a zip: the library that writes the report's documents knows no content controls, and
is not installed everywhere. Which question a row answers stands in hidden letters, which every office program keeps.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from bot.offline.sheet import Part, Row, Template
from dialogs.domain.questionnaire import QuestionKind

__all__ = ["EACH", "NOTHING", "write"]

NOTHING = "… "
"""Begins what stands in a list until something is chosen."""

EACH = "|each"
"""Behind the key of a row whose answers are a paragraph each."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same template twice has the same bytes."""

WIDTHS = (4_900, 5_000)
"""Of the columns, in twentieths of a point: what is asked, and the answer."""
INK, SOFT, ACCENT, EDGE = "16202C", "556271", "1A5A9E", "B8C4D0"
LANGUAGES = {"zh": "zh-CN", "ar": "ar-SA", "en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU"}
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
}
STYLES = f"""<w:styles xmlns:w="{NAMESPACE}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>
<w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="40"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:rPr><w:b/><w:bCs/><w:color w:val="{ACCENT}"/><w:sz w:val="34"/><w:szCs w:val="34"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/><w:bCs/><w:color w:val="{ACCENT}"/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr></w:style>
</w:styles>"""


def write(template: Template) -> bytes:
    """The document's bytes."""
    kept = io.BytesIO()
    parts = {**PARTS, "word/styles.xml": STYLES, "word/document.xml": _Writer(template).document()}
    with zipfile.ZipFile(kept, "w") as packed:
        for name, text in parts.items():
            packed.writestr(zipfile.ZipInfo(name, EPOCH), HEAD + text, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


class _Writer:
    def __init__(self, template: Template) -> None:
        self.template = template
        self.rtl = template.direction == "rtl"
        self.language = LANGUAGES.get(template.mark.language, template.mark.language)
        self.number = 0

    def document(self) -> str:
        template = self.template
        body = [
            self.paragraph(self.run(str(template.mark), hidden=True) + self.run(template.title), style="Title"),
            *(self.paragraph(self.run(text)) for text in template.about),
            *(piece for part in template.parts for piece in self.part(part)),
        ]
        page = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="900" w:right="1000" w:bottom="900" w:left="1000"/>'
        direction = "<w:bidi/>" if self.rtl else ""
        section = f"<w:sectPr>{page}{direction}</w:sectPr>"
        return f'<w:document xmlns:w="{NAMESPACE}"><w:body>{"".join(body)}{section}</w:body></w:document>'

    def part(self, part: Part) -> Iterable[str]:
        yield self.paragraph(self.run(part.title), style="Heading1")
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:color="{EDGE}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        mirrored = "<w:bidiVisual/>" if self.rtl else ""
        margins = "".join(f'<w:{side} w:w="90" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
        look = f'<w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        fixed = f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
        rows = "".join(self.row(row) for row in part.rows)
        yield f"<w:tbl><w:tblPr>{mirrored}{look}{fixed}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def row(self, row: Row) -> str:
        self.number += 1
        several = len(row.answers) > 1
        key = self.run(f"{self.number}:{row.key}{EACH if several else ''}", hidden=True)
        star = " *" if row.required else ""
        asked = [
            self.paragraph(key + self.run(f"{self.number}. {row.label}{star}", bold=True)),
            self.paragraph(self.run(row.ask)),
            *(self.paragraph(self.run(hint, soft=True)) for hint in row.hints),
        ]
        shade = "FFF4D6" if row.required and not row.conditional and not any(row.answers) else ""
        return (
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{self.cell(asked, 0)}{self.cell(self.answers(row), 1, shade)}</w:tr>"
        )

    def answers(self, row: Row) -> list[str]:
        if row.options:
            return [self.paragraph(self.choice(row, answer)) for answer in row.answers]
        lines = row.answers[0].split("\n")
        spare = [""] * (3 if row.kind is QuestionKind.LONG_TEXT and not row.answers[0] else 0)
        return [self.paragraph(self.run(line)) for line in (*lines, *spare)]

    def cell(self, paragraphs: Iterable[str], column: int, shade: str = "") -> str:
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
        look = f'<w:tcPr><w:tcW w:w="{WIDTHS[column]}" w:type="dxa"/>{fill}</w:tcPr>'
        return f"<w:tc>{look}{''.join(paragraphs)}</w:tc>"

    def choice(self, row: Row, answer: str) -> str:
        """A drop-down list: what is chosen, or what says that something can be."""
        items = "".join(
            f"<w:listItem w:displayText={_quoted(option)} w:value={_quoted(option)}/>" for option in row.options
        )
        shown = self.run(answer) if answer else self.run(NOTHING + self.template.choose, soft=True)
        empty = "" if answer else "<w:showingPlcHdr/>"
        properties = f"<w:tag w:val={_quoted(row.key)}/>{empty}<w:dropDownList>{items}</w:dropDownList>"
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"

    def paragraph(self, content: str, style: str = "") -> str:
        look = f'<w:pStyle w:val="{style}"/>' if style else ""
        look += "<w:bidi/>" if self.rtl else ""
        return f"<w:p><w:pPr>{look}</w:pPr>{content}</w:p>"

    def run(self, text: str, *, bold: bool = False, soft: bool = False, hidden: bool = False) -> str:
        if not text:
            return ""
        look = "<w:b/><w:bCs/>" if bold else ""
        look += "<w:vanish/>" if hidden else ""
        look += f'<w:color w:val="{SOFT}"/><w:sz w:val="17"/><w:szCs w:val="17"/>' if soft else ""
        look += "<w:rtl/>" if self.rtl and not hidden else ""
        look += f'<w:lang w:val="{self.language}" w:eastAsia="{self.language}" w:bidi="{self.language}"/>'
        return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(_allowed(text))}</w:t></w:r>'


def _quoted(text: str) -> str:
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    """Without control characters, which XML has no way to write."""
    return UNWRITABLE.sub("", text)
