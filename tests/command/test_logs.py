"""What may stand in the log: no secret and nobody's words, whoever logs it; and no line thousands of times."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from bot.logs import LogThrottle, RedactingFilter

TOKEN = "123456:AAF-secret_word"
NAME, ADDRESS = "Amina Otieno", "amina@lakenet.org"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a handler with both filters writes, in any formatter's way."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(LogThrottle(most=3))
    handler.addFilter(RedactingFilter(TOKEN, "pass-word"))
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


@pytest.mark.feature("S8")
def test_no_secret_and_nobodys_words_are_written_whatever_is_logged(written: io.StringIO) -> None:
    log = logging.getLogger("some.library")
    log.warning("GET %s failed", f"https://api.telegram.org/file/bot{TOKEN}/documents/1")
    log.warning("postgresql://user:%s@host", "pass-word")
    log.warning("another bot's: %s", "https://api.telegram.org/bot777:AAFother-token/getMe")
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise ConnectionError(f"cannot reach bot{TOKEN}") from error
    except ConnectionError:
        log.exception("both are told")
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("CREATE TABLE people (name TEXT UNIQUE)"))
        try:
            for _ in range(2):
                connection.execute(text("INSERT INTO people VALUES (:name)"), {"name": ADDRESS})
        except IntegrityError as error:
            log.exception("a table refuses")
            log.error("a table refuses: %s", error)
    said = written.getvalue()
    for secret in (TOKEN, "secret_word", "pass-word", "AAFother-token", NAME, ADDRESS):
        assert secret not in said, said
    assert "builtins.ValueError" in said and "cannot reach bot***" in said


@pytest.mark.feature("S10")
def test_a_line_of_the_event_loop_is_written_a_few_times_a_minute(written: io.StringIO) -> None:
    for number in range(1000):
        logging.getLogger("asyncio").error("socket.accept() out of system resource")
        logging.getLogger("ours").warning("line %s", number)
        logging.getLogger("bot.channels.web.access.security_headers").warning("GET %s was refused", number)
    assert written.getvalue().count("out of system resource") == 3
    assert written.getvalue().count("was refused") == 3, "who it comes from decides how often"
    assert written.getvalue().count("ours: line") == 1000
