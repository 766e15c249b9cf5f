"""Lists of people as office programs and address books write them, byte for byte where it matters."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["libreoffice_ods", "numbers_xlsx", "of_google", "of_outlook_french", "text_file", "wps_xlsx"]

Row = Sequence[str]

GOOGLE = (
    *("First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name"),
    *("Name Prefix", "Name Suffix", "Nickname", "File As", "Organization Name", "Organization Title"),
    *("Organization Department", "Birthday", "Notes", "Photo", "Labels", "E-mail 1 - Label", "E-mail 1 - Value"),
    *("E-mail 2 - Label", "E-mail 2 - Value", "Address 1 - Label", "Address 1 - Country"),
)
"""The columns of Google Contacts' export, as far as one person fills them."""

OUTLOOK_FRENCH = (
    *("Titre", "Prénom", "Deuxième prénom", "Nom", "Suffixe", "Société", "Service", "Rue (bureau)", "Ville (bureau)"),
    *("Pays/Région (bureau)", "Téléphone (bureau)", "Adresse de messagerie", "Type de messagerie", "Langue"),
)
"""Some of Outlook's, where it speaks French; it writes them in Windows' encoding."""


def text_file(path: Path, rows: Iterable[Row], *, encoding: str, separator: str = ",", quoted: bool = False) -> Path:
    """A CSV file."""
    out = io.StringIO(newline="")
    if quoted:
        csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        csv.writer(out, delimiter=separator).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding, errors="replace"))
    return path


def of_google(path: Path, people: Iterable[tuple[str, str, str, str, str]]) -> Path:
    """Google Contacts, "Google CSV": (first, last, organisation, address, country); UTF-8 without a mark."""
    rows = [list(GOOGLE)]
    for first, last, organisation, address, country in people:
        known = {"First Name": first, "Last Name": last, "Organization Name": organisation}
        known |= {"E-mail 1 - Label": "* Work", "E-mail 1 - Value": address, "Labels": "* myContacts"}
        rows.append([(known | {"Address 1 - Country": country}).get(column, "") for column in GOOGLE])
    return text_file(path, rows, encoding="utf-8")


def of_outlook_french(path: Path, people: Iterable[tuple[str, str, str, str, str]]) -> Path:
    """Outlook's CSV with French columns: every cell quoted, Windows-1252, unset language as `Non spécifié`."""
    rows = [list(OUTLOOK_FRENCH)]
    for first, last, organisation, address, country in people:
        known = {"Prénom": first, "Nom": last, "Société": organisation, "Adresse de messagerie": address}
        known |= {"Pays/Région (bureau)": country, "Type de messagerie": "SMTP", "Langue": "Non spécifié"}
        rows.append([known.get(column, "") for column in OUTLOOK_FRENCH])
    return text_file(path, rows, encoding="cp1252", quoted=True)


def wps_xlsx(path: Path, rows: Sequence[Row]) -> Path:
    """WPS Office: strings in a shared table, and a dimension that says A1 whatever the sheet holds."""
    return _xlsx(path, [("Sheet1", rows)], dimension="A1")


def numbers_xlsx(path: Path, rows: Sequence[Row]) -> Path:
    """Numbers: a summary of the export comes first, and each table has its name in a merged row above its header."""
    summary = [
        ("This document was exported from Numbers. Each table was converted to an Excel worksheet.",),
        ("Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"),
        ("Sheet 1", "Table 1", "Sheet 1"),
    ]
    return _xlsx(path, [("Export Summary", summary), ("Sheet 1", [("Table 1",), *rows])])


def _xlsx(path: Path, sheets: Sequence[tuple[str, Sequence[Row]]], dimension: str | None = None) -> Path:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    strings = list(dict.fromkeys(cell for _, rows in sheets for row in rows for cell in row))
    place = {text: number for number, text in enumerate(strings)}
    numbers = range(1, len(sheets) + 1)
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kinds}.worksheet+xml"/>' for n in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    names = "".join(f'<sheet name="{sheets[n - 1][0]}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}'
        f'<Relationship Id="rId99" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{texts}</sst>',
    }
    for number, (_, rows) in enumerate(sheets, start=1):
        size = f'<dimension ref="{dimension}"/>' if dimension else ""
        data = "".join(
            f'<row r="{r}">' + "".join(f'<c t="s"><v>{place[cell]}</v></c>' for cell in row) + "</row>"
            for r, row in enumerate(rows, start=1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}">{size}<sheetData>{data}</sheetData></worksheet>'
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return path


def libreoffice_ods(path: Path, rows: Sequence[Row]) -> Path:
    """LibreOffice: equal cells side by side and the rest of the sheet are written once, with how often they repeat."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    lines = []
    for row in rows:
        cells: list[tuple[str, int]] = []
        for text in row:
            if cells and cells[-1][0] == text:
                cells[-1] = (text, cells[-1][1] + 1)
            else:
                cells.append((text, 1))
        written = "".join(
            f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="string">'
            f"<text:p>{escape(text)}</text:p></table:table-cell>"
            if text
            else f'<table:table-cell table:number-columns-repeated="{times}"/>'
            for text, times in cells
        )
        rest = '<table:table-cell table:number-columns-repeated="16378"/>'
        lines.append(f"<table:table-row>{written}{rest}</table:table-row>")
    lines.append(
        '<table:table-row table:number-rows-repeated="1048540">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    spaces = f'xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0"'
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<office:document-content {spaces}>"
        f'<office:body><office:spreadsheet><table:table table:name="Sheet1">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        packed.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return path
