"""Which state may lead to which: as the page says, with no state that nothing leads to or that leads nowhere."""

from __future__ import annotations

from dialogs.routes import ROUTES
from tests.architecture.transitions import PAGE, by_command, leads_to, written

FIRST = {"welcome", "home"}
"""Where everybody begins, and where whoever is lost is taken."""


def test_the_page_of_states_is_what_the_code_does() -> None:
    assert PAGE.read_text("utf-8") == written(), "run `make states`"


def test_something_leads_to_every_state_and_every_state_leads_on() -> None:
    reached = FIRST | by_command()
    for name in ROUTES:
        assert leads_to(name), f"{name} leads nowhere"
        reached |= leads_to(name)
    assert set(ROUTES) <= reached
