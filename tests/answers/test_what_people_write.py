"""What people really send, from public reports and real files: read as it was meant, or asked about."""

from __future__ import annotations

import pytest

from dialogs.answers.readers import Accepted, Uncertain, read
from tests.answers.asking import (
    COUNTRIES,
    GOALS,
    LINES,
    ORGANISATIONS,
    YES_NO,
    accepted,
    context,
    offered,
    question,
    reading,
    refused,
    targets,
)


@pytest.mark.feature("N2")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Bosnia and Herzegovina", "BA"), ("Antigua and Barbuda", "AG"), ("Korea (Rep. of)", "KR")),
        *(("Korea, Rep.", "KR"), ("Dem. Rep. of the Congo", "CD"), ("Congo (Rep. of the)", "CG")),
        *(("Central African Rep.", "CF"), ("Lao P.D.R.", "LA"), ("Czech Rep.", "CZ"), ("Rép. dém. du Congo", "CD")),
        *(("République de Côte d’Ivoire", "CI"), ("P.R. China", "CN"), ("U.A.E.", "AE"), ("COTE DIVOIRE", "CI")),
        *(("Côte d'Ivoire", "CI"), ("Ivory Coast", "CI"), ("кения", "KE"), ("KEN", "KE"), ("404", "KE")),
        *(("Türkiye", "TR"), ("DRC", "CD"), ("ROK", "KR"), ("RDC", "CD"), ("Iran (Islamic Republic of)", "IR")),
        *(("the Republic of Cuba", "CU"), ("the French Republic", "FR"), ("Эстонская Республика", "EE")),
        *(("Niger (le)", "NE"), ("la Barbade", "BB"), ("Cuba, Republic of", "CU"), ("Haute-Volta", "BF")),
        *(("Centrafrique", "CF"), ("Lybie", "LY"), ("المجر", "HU"), ("سلطنة عمان", "OM"), ("الحبشة", "ET")),
        *(("寮国", "LA"), ("肯亚", "KE"), ("纽西兰", "NZ"), ("Туркмения", "TM"), ("Rep. Dominicana", "DO")),
    ],
)
def test_a_country_is_taken_by_every_name_that_means_it_alone(text: str, code: str) -> None:
    assert accepted(reading("country", text, COUNTRIES)) == code


@pytest.mark.feature("N2")
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        *(("Congo", ("CG", "CD")), ("Конго", ("CG", "CD")), ("Korea", ("KR", "KP")), ("Nairobi", ("KE",))),
        *(("Пекин", ("CN",)), ("渥太华", ("CA",)), ("America", ("US",)), ("Republic of China", ("CN",))),
        *(("Kenya ET", ("KE", "ET")), ("Papua", ("PG", "ID")), ("S. Korea", ("KR", "KP"))),
    ],
)
def test_a_name_that_could_be_another_is_asked_about(text: str, codes: tuple[str, ...]) -> None:
    assert offered(reading("country", text, COUNTRIES)) == codes


@pytest.mark.parametrize(
    "text", ["EU", "Taiwan", "Kosovo", "Hong Kong", "香港", "Africa", "Западная Сахара", "N/A", "Europe"]
)
def test_a_place_that_is_no_member_state_is_said_not_to_be_in_the_list(text: str) -> None:
    assert refused(reading("country", text, COUNTRIES)).key == "reading.country.not_listed"


def test_a_word_for_and_that_ends_a_list_is_not_dropped_when_it_is_a_country() -> None:
    outcome = reading("countries", "Kenya ET", COUNTRIES)
    assert isinstance(outcome, Uncertain)
    assert (outcome.understood, outcome.candidates) == (("KE",), ("ET",))


@pytest.mark.feature("Q2")
@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        *(("en", "2 lakh", 200_000), ("en", "3 trillion", 3 * 10**12), ("en", "3 crore", 30_000_000)),
        *(("en", "2.5 lakh people", 250_000), ("en", "30 juta", 30_000_000), ("en", "5 mln", 5_000_000)),
        *(("en", "two dozen", 24), ("en", "over 500", 500), ("en", "at least 500", 500), ("fr", "plus de 500", 500)),
        *(("ru", "более 500", 500), ("zh", "超过500", 500), ("zh", "500多人", 500), ("ar", "أكثر من ٥٠٠", 500)),
        *(("en", "five hundred", 500), ("zh", "五百", 500), ("zh", "一万二千", 12_000), ("zh", "十五", 15)),
        *(("fr", "quatre-vingt-dix-sept", 97), ("fr", "soixante-quinze", 75), ("fr", "deux mille", 2_000)),
        *(("es", "doce mil", 12_000), ("es", "treinta y cinco", 35), ("es", "mil", 1_000)),
        *(("ru", "двести пятьдесят", 250), ("ru", "двенадцать тысяч", 12_000)),
        *(("ar", "خمسمائة", 500), ("ar", "مئة وخمسة وعشرون", 125), ("ar", "ثلاثة آلاف", 3_000)),
        *(("en", "one hundred and twenty people", 120), ("en", "1,00,000", 100_000), ("ar", "١٬٠٠٠", 1_000)),
        *(("zh", "3.5万人次", 35_000), ("zh", "约500名学生", 500), ("en", "500+", 500), ("en", ">500", 500)),
    ],
)
def test_a_number_is_read_in_every_unit_and_said_back(language: str, text: str, value: int) -> None:
    outcome = reading("number", text, language=language)
    assert accepted(outcome) == value
    assert isinstance(outcome, Accepted)
    assert outcome.note is not None


@pytest.mark.feature("Q2")
@pytest.mark.parametrize(
    ("text", "key"),
    [
        *((text, "percent") for text in ("50 percent of the villagers", "50 pour cent", "50 процентов", "٥٠ بالمئة")),
        *((text, "percent") for text in ("50 por ciento", "百分之五十", "50％")),
        *((text, "unclear") for text in ("250 villages", "200 households", "12 zillion", "3 школы")),
        *((text, "none") for text in ("two three", "less than 500", "<500", "hundreds of people")),
    ],
)
def test_what_is_no_number_of_people_for_sure_is_asked_about(text: str, key: str) -> None:
    assert refused(reading("number", text)).key == f"reading.number.{key}"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://en.wikipedia.org/wiki/Accra_(Ghana)", "https://en.wikipedia.org/wiki/Accra_(Ghana)"),
        ("(see https://en.wikipedia.org/wiki/Accra_(Ghana))", "https://en.wikipedia.org/wiki/Accra_(Ghana)"),
        ("(https://itu.int)", "https://itu.int"),
        ("“https://itu.int/a”.", "https://itu.int/a"),
        ("\u200bhttps://itu.int\u200e", "https://itu.int"),
        ("https:// itu.int", "https://itu.int"),
        ("ｗｗｗ．ｉｔｕ．ｉｎｔ", "https://www.itu.int"),
        ("www。itu。int", "https://www.itu.int"),
        ("my\u2011site.org", "https://my-site.org"),
        ("https://itu.int/?a=[1]", "https://itu.int/?a=[1]"),
        ("https://www.facebook.com/Foo Bar", "https://www.facebook.com/Foo"),
    ],
)
def test_a_web_address_is_taken_as_it_was_pasted_and_said_back_when_it_changed(text: str, address: str) -> None:
    outcome = reading("url", text)
    assert accepted(outcome) == address
    assert isinstance(outcome, Accepted)
    assert (outcome.note is None) == (text == address)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("o’neil@example.ie", "o'neil@example.ie"),
        ("ａｎａ＠ｉｔｕ．ｉｎｔ", "ana@itu.int"),
        ("ana\u200b@itu.int\u200f", "ana@itu.int"),
        ("ana @ itu.int", "ana@itu.int"),
        ("ana [at] itu [dot] int", "ana@itu.int"),
        ("MAILTO:ana@itu.int", "ana@itu.int"),
        ('"Ana Ruiz" <ana@itu.int>;', "ana@itu.int"),
    ],
)
def test_an_e_mail_address_is_taken_as_phones_write_it_and_said_back(text: str, address: str) -> None:
    outcome = reading("email", text)
    assert accepted(outcome) == address
    assert isinstance(outcome, Accepted)
    assert outcome.note is not None


@pytest.mark.parametrize("address", ["ana@hotmail.se", "ana@yahoo.co.id", "ana@yahoo.com.br", "ana@outlook.sa"])
def test_the_domains_of_large_providers_in_other_countries_are_left_alone(address: str) -> None:
    assert reading("email", address) == Accepted(address)


@pytest.mark.feature("Q3")
@pytest.mark.parametrize(
    "text", ["spring 2015", "été 2015", "весной 2015", "2015年春", "Q2 2015", "mid-2015", "第三季度 2015"]
)
def test_a_part_of_a_year_is_asked_for_its_month(text: str) -> None:
    assert refused(reading("month", text)).key == "reading.month.no_month"


@pytest.mark.feature("Q3")
@pytest.mark.parametrize(
    ("first", "second"), [("2015", "March"), ("mars", "2015"), ("spring 2015", "3"), ("2015年", "三月")]
)
def test_a_month_may_come_in_two_messages_and_is_said_back(first: str, second: str) -> None:
    outcome = read(question("month"), second, context(begun=first))
    assert accepted(outcome) == "2015-03"
    assert isinstance(outcome, Accepted)
    assert outcome.note is not None


def test_two_years_are_said_to_be_two() -> None:
    assert refused(reading("month", "2019-2020")).key == "reading.month.two_years"


@pytest.mark.feature("C8")
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        *((text, ["C5"]) for text in ("ج5", "ج ٥", "جيم 5", "С5", "خط العمل ج5", "cybersécurité", "الأمن السيبراني")),
        *(("cyberapprentissage", ["C7-elea"]), ("télétravail", ["C7-eemp"]), ("الصحة الرقمية", ["C7-ehea"])),
    ],
)
def test_action_lines_are_known_by_the_plans_own_codes_and_by_everyday_words(text: str, codes: list[str]) -> None:
    assert accepted(reading("several", text, LINES)) == codes


@pytest.mark.feature("C8")
@pytest.mark.parametrize("text", ["3.د", "3-د", "٣.د", "3.d", "3 d", "3d"])
def test_a_target_is_known_by_its_letter_in_each_script(text: str) -> None:
    assert accepted(reading("several", text, targets(3))) == ["3.d"]


@pytest.mark.feature("C8")
@pytest.mark.parametrize("text", ["SDG4", "ODS4", "ЦУР4", "目标4", "可持续发展目标4", "الهدف٤", "4️⃣"])
def test_a_goal_is_known_by_its_number_with_or_without_a_space(text: str) -> None:
    assert accepted(reading("several", text, GOALS)) == ["4"]


@pytest.mark.parametrize(
    ("text", "codes"), [("- 4\n- 5", ["4", "5"]), ("4 – education", ["4"]), ("4 - 5", None), ("• 4\n• 5", ["4", "5"])]
)
def test_a_dash_before_a_line_is_a_bullet_and_an_explicit_number_wins(text: str, codes: list[str] | None) -> None:
    outcome = reading("several", text, GOALS)
    if codes is None:
        assert refused(outcome).key == "reading.several.range"
    else:
        assert accepted(outcome) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("NGO", "CSO"), ("University", "ACA"), ("Ministry", "GOV"), ("Private sector", "BUS"), ("IGO", "INT")),
        *(("UN Agency", "INT"), ("International Organisation", "INT"), ("Министерство", "GOV"), ("ONG", "CSO")),
        *(("部委", "GOV"), ("高校", "ACA"), ("جامعة", "ACA"), ("شركة", "BUS"), ("think tank", "ACA"), ("НКО", "CSO")),
    ],
)
def test_a_kind_of_organisation_is_known_by_what_people_call_it(text: str, code: str) -> None:
    assert accepted(reading("one", text, ORGANISATIONS)) == code


@pytest.mark.parametrize(
    "text", ["I agree", "yes please", "of course", "да, согласна", "sí, autorizo", "好的，同意", "pas d’accord"]
)
def test_consent_in_plain_words_is_an_answer_and_said_back(text: str) -> None:
    outcome = reading("yes_no", text, YES_NO)
    assert accepted(outcome) is (text != "pas d’accord")
    assert isinstance(outcome, Accepted)
    assert outcome.note is not None
