"""E-mail and web addresses: completed, checked for form, likely slips asked about; no server is asked."""

import pytest

from dialogs.answers.readers import Accepted, Doubtful, check
from tests.answers.asking import accepted, context, doubted, question, reading, refused

SLIPS = [
    ("ana@gmial.com", "ana@gmail.com"),
    ("ana@gmai.com", "ana@gmail.com"),
    ("ana@gmail.con", "ana@gmail.com"),
    ("ana@gmail.co", "ana@gmail.com"),
    ("ana@gmaill.com", "ana@gmail.com"),
    ("ana@hotmial.com", "ana@hotmail.com"),
    ("ana@hotmail.con", "ana@hotmail.com"),
    ("ana@yaho.com", "ana@yahoo.com"),
    ("ana@outlok.com", "ana@outlook.com"),
    ("ana@yandex.ur", "ana@yandex.ru"),
    ("ana@ministry.ogr", "ana@ministry.org"),
]

RIGHT = [
    *("ana@gmail.com", "ana@mail.com", "ana@ymail.com", "ana@itu.int", "a.b+wsis@ministry.gov.rw", "x@qq.com"),
    *("ana@live.com", "ana@mail.ru", "ana@163.com", "ana@yahoo.co.in", "ana@orange.sn", "o'neil@example.ie"),
    *("ana@пример.рф", "ana@yahoo.ca", "ana@telecom.com", "ana@un.org"),
]

NO_ADDRESSES = [
    ("", "reading.email.no_at"),
    ("ana.gmail.com", "reading.email.no_at"),
    ("ana@gmail", "reading.email.no_dot"),
    ("@gmail.com", "reading.email.invalid"),
    ("ana@@gmail.com", "reading.email.invalid"),
    ("ana@gm ail.com", "reading.email.no_dot"),
    ("ana..b@gmail.com", "reading.email.invalid"),
    ("ana@b.org and bo@b.org", "reading.email.several"),
]

WEB = [
    ("www.itu.int", "https://www.itu.int"),
    ("itu.int/wsis", "https://itu.int/wsis"),
    ("http://itu.int", "http://itu.int"),
    ("HTTPS://ITU.int/WSIS", "https://itu.int/WSIS"),
    ("//itu.int", "https://itu.int"),
    ("https:/itu.int", "https://itu.int"),
    ("<https://itu.int>.", "https://itu.int"),
    ("our site: https://itu.int/a", "https://itu.int/a"),
    ("пример.рф", "https://пример.рф"),
    ("例子.中国/路径", "https://例子.中国/路径"),
    ("مثال.السعودية", "https://مثال.السعودية"),
    ("example.org:8080/x?y=1#z", "https://example.org:8080/x?y=1#z"),
]

NO_WEB = [
    ("", "reading.url.no_dot"),
    ("localhost", "reading.url.no_dot"),
    ("our web site", "reading.url.spaces"),
    ("www.a.org www.b.org", "reading.url.several"),
    ("ftp://a.org", "reading.url.scheme"),
    ("javascript:alert(1)", "reading.url.scheme"),
    ("ana@gmail.com", "reading.url.is_email"),
    ("https://user:pass@a.org", "reading.url.is_email"),
    ("https://1.2.3.4", "reading.url.invalid"),
    ("https://a..org", "reading.url.invalid"),
    ("https://a.org:99999", "reading.url.invalid"),
    ("https://-a-.org", "reading.url.invalid"),
    ("https://[::1", "reading.url.invalid"),
    ("a.org/" + "x" * 3000, "reading.url.too_long"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_good_address_is_taken_as_it_is(text: str) -> None:
    assert reading("email", text) == Accepted(text)


@pytest.mark.parametrize("text", ["mailto:ana@itu.int", "Ana Ruiz <ana@itu.int>", "it is ana@itu.int.", "ana＠itu.int"])
def test_an_address_is_found_in_what_stands_around_it(text: str) -> None:
    assert accepted(reading("email", text)) == "ana@itu.int"


@pytest.mark.feature("C9")
@pytest.mark.parametrize(("text", "better"), SLIPS)
def test_a_likely_slip_is_asked_about_and_may_be_meant(text: str, better: str) -> None:
    outcome = reading("email", text)
    assert doubted(outcome) == better
    assert isinstance(outcome, Doubtful)
    assert outcome.value == text
    assert check(question("email"), outcome.value, context()) is None


@pytest.mark.feature("C12")
@pytest.mark.parametrize(("text", "key"), NO_ADDRESSES)
def test_each_way_to_miss_an_address_has_its_own_answer(text: str, key: str) -> None:
    assert refused(reading("email", text)).key == key


@pytest.mark.parametrize(("text", "address"), WEB)
def test_a_web_address_is_completed(text: str, address: str) -> None:
    assert accepted(reading("url", text)) == address


@pytest.mark.feature("C12")
@pytest.mark.parametrize(("text", "key"), NO_WEB)
def test_each_way_to_miss_a_web_address_has_its_own_answer(text: str, key: str) -> None:
    assert refused(reading("url", text)).key == key


def test_a_completed_address_is_said_back() -> None:
    outcome = reading("url", "itu.int")
    assert isinstance(outcome, Accepted)
    assert outcome.note is not None
    assert outcome.note.key == "reading.url.understood"
