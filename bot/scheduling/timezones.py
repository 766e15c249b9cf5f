"""The time zone that a country keeps, for people who did not tell us theirs.

From the IANA time zone database (`zone.tab` of the tzdata package, public domain), which lists each
country's zones from one end of the country to the other; so for countries with several, the zone that most
of their people live in is named here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dialogs.domain.values.geneva import GENEVA_NAME

__all__ = ["GENEVA_NAME", "zone_for", "zone_of_country"]


MOST_POPULOUS: Mapping[str, str] = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Pohnpei",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Gaza",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}


def zone_of_country(country: str | None) -> str | None:
    """The IANA zone of an ISO 3166-1 alpha-2 country; None for `INT` and for codes that are no country."""
    return MOST_POPULOUS.get(country or "") or _first_zones().get(country or "")


def zone_for(own: str | None, country: str | None) -> ZoneInfo:
    """A person's zone: their own word, else their country's, else Geneva's. Never fails."""
    for name in (own, zone_of_country(country)):
        if name:
            try:
                return _zone(name)
            except (ZoneInfoNotFoundError, ValueError):
                continue  # a zone that the database dropped or never had: the next best one
    return _zone(GENEVA_NAME)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@cache
def _first_zones() -> Mapping[str, str]:
    """The first zone of each country in zone.tab: `KE\t-0117+03649\tAfrica/Nairobi`."""
    text = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    zones: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones.setdefault(country, zone)
    return zones
