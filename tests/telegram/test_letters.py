"""Screens as Telegram's messages: within its limit in UTF-16, broken between paragraphs, nothing left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.screens.renderer import RenderContext, rendered_messages
from bot.turns.outcome import Outcome
from dialogs.domain.messages import Code
from dialogs.screens import Kind, Line, Screen
from locales.words import Words
from tests.botapi.markup import plain, units

WORDS = Words.ours()
SEEN = Outcome(1, "en", None, False, ())
KINDS = (Kind.TITLE, Kind.TEXT, Kind.HINT, Kind.ITEM, Kind.NOTE, Kind.ERROR)

paragraphs = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.text(st.sampled_from("aZ \U0001f4a5\u0627\u4e2d&<>\"'"), min_size=1, max_size=900).filter(str.strip),
    ),
    min_size=1,
    max_size=40,
)


@given(paragraphs)
@settings(max_examples=60, deadline=None)
def test_long_screens_are_messages_within_the_limit_and_whole(said: list[tuple[Kind, str]]) -> None:
    """Each is read by rules as strict as Telegram's; together they say every line, and no line is torn apart."""
    screen = Screen(
        "home", tuple(Line(kind, Code(f"{number}:{text.strip()}.")) for number, (kind, text) in enumerate(said))
    )
    found = [plain(letter.html, "HTML", 4096)[0] for letter in rendered_messages(screen, RenderContext(WORDS), SEEN)]
    assert all(units(text) <= 4096 for text in found)
    for number, (_, text) in enumerate(said):
        assert any(f"{number}:{text.strip()}." in message for message in found), number
    shortest = sum(units(text) for text in found)
    assert len(found) <= shortest // 2_000 + 1, "messages are filled before another one is begun"


def test_a_character_beyond_the_first_plane_counts_twice() -> None:
    screen = Screen("home", tuple(Line(Kind.TEXT, Code("\U0001f4a5" * 1_500)) for _ in range(3)))
    assert len(rendered_messages(screen, RenderContext(WORDS), SEEN)) == 3, "two of them are 6,000 units"
