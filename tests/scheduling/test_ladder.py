"""The rules of reminding, each by a hand-made case, and what must hold of any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.timezones import zone_for, zone_of_country
from dialogs.domain.reminders.rules import (
    LADDER,
    RULES,
    Due,
    ReminderFacts,
    ReminderStep,
    Send,
    Skip,
    Wait,
    Why,
    decide,
    due,
    due_step,
    morning,
    owed_after_snooze,
    possible,
)

CLOSES = datetime(2027, 3, 1, 22, 59, 59, 999999, tzinfo=UTC)
"""1 March 2027, the end of the day in Geneva."""
RUNGS = {rung.name: rung for rung in LADDER}
NAIROBI = ZoneInfo("Africa/Nairobi")
LONG_AGO = datetime(2026, 10, 10, tzinfo=UTC)

ZONES = st.sampled_from(
    [
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Asia/Kathmandu",
        "America/St_Johns",
        "Africa/Nairobi",
        "Asia/Shanghai",
        "Pacific/Auckland",
        "America/New_York",
        "Europe/Zurich",
        "Australia/Lord_Howe",
    ]
).map(ZoneInfo)


def local(zone: str, text: str) -> datetime:
    """`2027-02-22 10:00` on the wall clock of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.feature("R1", "R5")
@pytest.mark.parametrize(
    ("zone", "rung", "at"),
    [
        ("Africa/Nairobi", "60d", "2027-01-01 10:00"),  # the close is 2 March, 01:59 in Nairobi
        ("Africa/Nairobi", "7d", "2027-02-23 10:00"),
        ("Africa/Nairobi", "1d", "2027-03-01 10:00"),
        ("Africa/Nairobi", "6h", "2027-03-01 17:59"),  # 19:59 is evening: back to the last of the day
        ("Europe/Zurich", "30d", "2027-01-30 10:00"),
        ("Europe/Zurich", "6h", "2027-03-01 17:59:59.999999"),
        ("America/New_York", "6h", "2027-03-01 11:59:59.999999"),
        ("Pacific/Pago_Pago", "1d", "2027-02-28 10:00"),
        ("Pacific/Pago_Pago", "6h", "2027-03-01 09:00"),  # 05:59 is night: in the morning, 3 hours before
        ("Pacific/Kiritimati", "6h", "2027-03-02 09:00"),  # the close is at 12:59
        ("Asia/Shanghai", "6h", "2027-03-01 17:59"),  # the close is at 06:59, before anyone is up
        ("Asia/Tokyo", "6h", "2027-03-01 17:59"),
        ("Pacific/Auckland", "6h", "2027-03-02 09:00"),  # the close is at 11:59
    ],
)
def test_each_rung_comes_in_the_readers_day(zone: str, rung: str, at: str) -> None:
    assert due(RUNGS[rung], CLOSES, ZoneInfo(zone)) == local(zone, at)


@pytest.mark.feature("R5")
@given(ZONES, st.sampled_from(LADDER), st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)))
def test_every_rung_of_any_close_is_in_day_time_and_before_it(
    zone: ZoneInfo, rung: ReminderStep, closing: datetime
) -> None:
    closes = closing.replace(tzinfo=UTC)
    at = due(rung, closes, zone)
    assert RULES.day[0] <= at.astimezone(zone).hour < RULES.day[1]
    assert at <= closes - RULES.margin


@given(ZONES)
def test_the_rungs_come_in_their_order(zone: ZoneInfo) -> None:
    moments = [due(rung, CLOSES, zone) for rung in LADDER]
    assert moments == sorted(moments)


def test_of_rungs_that_were_slept_through_only_the_last_is_owed() -> None:
    slept_until = local("Africa/Nairobi", "2027-02-28 11:00")
    found = due_step(CLOSES, NAIROBI, slept_until)
    assert found is not None
    assert found.rung.name == "3d"


def test_nothing_is_owed_before_the_first_rung_and_after_the_close() -> None:
    assert due_step(CLOSES, NAIROBI, local("Africa/Nairobi", "2026-12-31 23:00")) is None
    assert due_step(CLOSES, NAIROBI, CLOSES) is None


def asked(rung: str = "7d") -> Due:
    return Due(RUNGS[rung], due(RUNGS[rung], CLOSES, NAIROBI))


WEEK_BEFORE = asked().at
CASES: dict[str, tuple[ReminderFacts, Due, datetime, object]] = {
    "an unfinished draft": (ReminderFacts(LONG_AGO), asked(), WEEK_BEFORE, Send()),
    "submitted meanwhile": (ReminderFacts(None), asked(), WEEK_BEFORE, Skip(Why.SUBMITTED)),
    "not this year": (ReminderFacts(LONG_AGO, declined=True), asked(), WEEK_BEFORE, Skip(Why.DECLINED)),
    "none": (ReminderFacts(LONG_AGO, setting="none"), asked(), WEEK_BEFORE, Skip(Why.SETTING)),
    "only the last, and it is not": (
        ReminderFacts(LONG_AGO, setting="last"),
        asked(),
        WEEK_BEFORE,
        Skip(Why.SETTING),
    ),
    "only the last, and it is": (ReminderFacts(LONG_AGO, setting="last"), asked("6h"), asked("6h").at, Send()),
    "none, though it is the last": (
        ReminderFacts(LONG_AGO, setting="none"),
        asked("6h"),
        asked("6h").at,
        Skip(Why.SETTING),
    ),
    "the next rung has come": (ReminderFacts(LONG_AGO), asked(), asked("3d").at, Skip(Why.SUPERSEDED)),
    "the call has closed": (ReminderFacts(LONG_AGO), asked("6h"), CLOSES, Skip(Why.CLOSED)),
    "begun after the rung": (
        ReminderFacts(WEEK_BEFORE + timedelta(hours=1)),
        asked(),
        WEEK_BEFORE + timedelta(hours=2),
        Skip(Why.BEGUN_SINCE),
    ),
    "reminded since": (
        ReminderFacts(LONG_AGO, sent=1, latest=WEEK_BEFORE + timedelta(minutes=1)),
        asked(),
        WEEK_BEFORE + timedelta(hours=2),
        Skip(Why.REMINDED),
    ),
    "reminded shortly before": (
        ReminderFacts(LONG_AGO, sent=1, latest=WEEK_BEFORE - timedelta(hours=19)),
        asked(),
        WEEK_BEFORE,
        Skip(Why.REMINDED),
    ),
    "the cap": (ReminderFacts(LONG_AGO, sent=7), asked(), WEEK_BEFORE, Skip(Why.CAP)),
    "the cap spares the last": (ReminderFacts(LONG_AGO, sent=7), asked("6h"), asked("6h").at, Send()),
    "snoozed": (
        ReminderFacts(LONG_AGO, snoozed=WEEK_BEFORE + timedelta(hours=20)),
        asked(),
        WEEK_BEFORE,
        Skip(Why.SNOOZED),  # what "tomorrow" asked for comes instead
    ),
    "snoozed a little, at the last": (
        ReminderFacts(LONG_AGO, snoozed=asked("6h").at + timedelta(seconds=30)),
        asked("6h"),
        asked("6h").at,
        Wait(asked("6h").at + timedelta(seconds=30)),
    ),
    "snoozed into the night, at the last": (
        ReminderFacts(LONG_AGO, snoozed=asked("6h").at + timedelta(hours=2)),
        asked("6h"),
        asked("6h").at,
        Send(),
    ),
    "snoozed past the close, at the last": (
        ReminderFacts(LONG_AGO, snoozed=CLOSES + timedelta(hours=9)),
        asked("6h"),
        asked("6h").at,
        Send(),
    ),
    "to come, for they moved": (ReminderFacts(LONG_AGO), asked(), WEEK_BEFORE - timedelta(hours=6), Wait(WEEK_BEFORE)),
    "reminded at that very moment": (
        ReminderFacts(LONG_AGO, sent=1, latest=WEEK_BEFORE),
        owed_after_snooze(WEEK_BEFORE, NAIROBI),
        WEEK_BEFORE,
        Skip(Why.REMINDED),
    ),
    "tomorrow, when the last has come": (
        ReminderFacts(LONG_AGO, snoozed=asked("6h").at),
        owed_after_snooze(asked("6h").at, NAIROBI),
        asked("6h").at,
        Skip(Why.SUPERSEDED),
    ),
    "tomorrow, when the last was too close to another": (
        ReminderFacts(LONG_AGO, sent=2, latest=asked("6h").at - timedelta(hours=4), snoozed=asked("6h").at),
        owed_after_snooze(asked("6h").at, NAIROBI),
        asked("6h").at,
        Send(),
    ),
    "late at night": (
        ReminderFacts(LONG_AGO),
        asked(),
        local("Africa/Nairobi", "2027-02-23 22:30"),
        Wait(local("Africa/Nairobi", "2027-02-24 09:00")),
    ),
    "in the evening, a little late": (
        ReminderFacts(LONG_AGO),
        asked(),
        local("Africa/Nairobi", "2027-02-23 20:59"),
        Send(),
    ),
    "at night, and no morning is left": (
        ReminderFacts(LONG_AGO),
        asked("6h"),
        local("Africa/Nairobi", "2027-03-01 23:00"),
        Skip(Why.NIGHT),
    ),
    "answering right now": (
        ReminderFacts(LONG_AGO, active=WEEK_BEFORE - timedelta(minutes=5)),
        asked(),
        WEEK_BEFORE,
        Wait(WEEK_BEFORE + timedelta(minutes=10)),
    ),
}


@pytest.mark.feature("R1", "R2", "R3", "R5")
@pytest.mark.parametrize("name", CASES)
def test_what_is_decided_at_the_moment_of_sending(name: str) -> None:
    standing, what, now, verdict = CASES[name]
    assert decide(standing, what, CLOSES, NAIROBI, now) == verdict


@pytest.mark.feature("R3")
def test_tomorrow_means_tomorrow_in_the_day() -> None:
    pressed = local("Africa/Nairobi", "2027-02-23 10:05")
    again = owed_after_snooze(pressed + timedelta(hours=20), NAIROBI)
    assert again.at == local("Africa/Nairobi", "2027-02-24 09:00")
    reminded = ReminderFacts(LONG_AGO, sent=4, latest=pressed - timedelta(minutes=5), snoozed=again.at)
    assert decide(reminded, again, CLOSES, NAIROBI, again.at) == Send()


@pytest.mark.feature("E2")
def test_an_extension_moves_what_is_scheduled() -> None:
    extended = CLOSES + timedelta(days=7)
    old = asked("3d")
    assert decide(ReminderFacts(LONG_AGO), old, extended, NAIROBI, old.at) == Skip(Why.SUPERSEDED)
    assert due(RUNGS["3d"], extended, NAIROBI) - old.at == timedelta(days=7)


@pytest.mark.feature("E2")
@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2027-02-26 15:00", "2027-02-26 15:00"),
        ("2027-02-26 22:00", "2027-02-27 09:00"),
        ("2027-02-27 03:00", "2027-02-27 09:00"),
        ("2027-03-01 23:00", "2027-03-01 23:00"),  # it closes before the morning: better woken than late
        ("2027-03-02 03:00", "2027-03-02 09:00"),  # it has closed: that can wait
    ],
)
def test_news_of_a_close_waits_for_the_morning_unless_that_is_too_late(now: str, told: str) -> None:
    assert morning(local("Africa/Nairobi", now), NAIROBI, CLOSES) == local("Africa/Nairobi", told)


@pytest.mark.parametrize(("closes", "told"), [("10:59", "03:00"), ("11:00", "09:00")])
def test_news_in_the_night_before_the_close_leaves_two_hours_of_the_morning(closes: str, told: str) -> None:
    """Who would read of the close at nine, and have less than two hours then, is told at once."""
    close = local("Africa/Nairobi", f"2027-03-02 {closes}")
    told_at = morning(local("Africa/Nairobi", "2027-03-02 03:00"), NAIROBI, close)
    assert told_at == local("Africa/Nairobi", f"2027-03-02 {told}")


def test_of_rungs_long_past_everywhere_none_is_looked_for() -> None:
    assert [rung.name for rung in possible(CLOSES, CLOSES - timedelta(hours=3))] == ["3d", "1d", "6h"]
    assert possible(CLOSES, CLOSES) == []


@given(ZONES, st.integers(0, 100 * 24 * 60))
def test_the_rung_that_is_owed_anywhere_is_among_the_possible_ones(zone: ZoneInfo, minutes: int) -> None:
    now = CLOSES - timedelta(minutes=minutes)
    current = due_step(CLOSES, zone, now)
    assert current is None or current.rung in possible(CLOSES, now)


@given(
    ZONES,
    st.integers(0, 200 * 24 * 60),
    st.sampled_from(["all", "last", "none"]),
    st.integers(0, 9),
    st.one_of(st.none(), st.integers(0, 200 * 24 * 60)),
)
def test_nothing_is_ever_sent_at_night_or_after_the_close(
    zone: ZoneInfo, minutes: int, setting: str, sent: int, latest: int | None
) -> None:
    now = CLOSES + timedelta(days=1) - timedelta(minutes=minutes)
    standing = ReminderFacts(
        LONG_AGO, setting=setting, sent=sent, latest=None if latest is None else now - timedelta(minutes=latest)
    )
    for rung in LADDER:
        if decide(standing, Due(rung, due(rung, CLOSES, zone)), CLOSES, zone, now) == Send():
            assert now < CLOSES
            assert setting != "none"
            assert RULES.awake[0] <= now.astimezone(zone).hour < RULES.awake[1]


@pytest.mark.feature("R5")
def test_a_zone_comes_from_the_persons_word_then_their_country_then_geneva() -> None:
    assert zone_for("Asia/Tokyo", "KE").key == "Asia/Tokyo"
    assert zone_for(None, "KE").key == "Africa/Nairobi"
    assert zone_for("Nowhere/Land", "BR").key == "America/Sao_Paulo"
    assert zone_for("../../etc/passwd", None).key == "Europe/Zurich"
    assert zone_for(None, "INT").key == "Europe/Zurich"


def test_countries_of_several_zones_get_the_one_most_people_live_in() -> None:
    several = ("US", "RU", "ID", "CN", "AU", "MX")
    assert [zone_of_country(code) for code in several] == [
        "America/New_York",
        "Europe/Moscow",
        "Asia/Jakarta",
        "Asia/Shanghai",
        "Australia/Sydney",
        "America/Mexico_City",
    ]
