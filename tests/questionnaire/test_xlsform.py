"""A questionnaire as an XLSForm, judged by pyxform, which turns it into what ODK collects with, and by ODK Validate.

ODK Validate comes with pyxform and runs in Java; where there is none pyxform judges alone.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyxform.xls2xform import convert

from bot.questionnaires import xlsform
from dialogs.questionnaire.source import loader
from locales.words import Words

WORDS = Words.ours()
XFORMS = "{http://www.w3.org/2002/xforms}"


@pytest.mark.feature("B7")
@pytest.mark.parametrize("version", ["2027", "2027b"])
def test_pyxform_takes_the_form_with_every_question_in_six_languages(tmp_path: Path, version: str) -> None:
    questionnaire = loader.version(version)
    left_out = xlsform.write(questionnaire, WORDS, tmp_path / "form.xlsx")
    made = convert(str(tmp_path / "form.xlsx"), validate=shutil.which("java") is not None)
    assert not made.warnings
    root = ElementTree.fromstring(made.xform)
    languages = [each.get("lang") for each in root.iter(f"{XFORMS}translation")]
    assert len(languages) == 6
    assert any("(ar)" in str(each) for each in languages)
    asked = {str(each.get("nodeset")).rpartition("/")[2] for each in root.iter(f"{XFORMS}bind")}
    assert {question.id for question in questionnaire.by_id.values() if not question.only_if_given} <= asked
    relevant = {
        str(each.get("nodeset")).rpartition("/")[2]: each.get("relevant") for each in root.iter(f"{XFORMS}bind")
    }
    assert "= 'update'" in str(relevant["existing_ref"])
    assert all(
        line.partition(":")[0] in {*questionnaire.by_id, *questionnaire.section_of.values()} for line in left_out
    )
