"""The table of profiles: what each asks for can be had."""

from __future__ import annotations

import pytest

from publish.profiles import INCH, PROFILES, STANDARDS, Order, Profile


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_a_row_is_sound(profile: Profile) -> None:
    assert profile.says
    assert (profile.colour == "cmyk") == bool(profile.condition)
    assert (profile.colour == "cmyk") == bool(profile.ink)
    assert not any(name.startswith("x-") for name in profile.standards) or profile.colour == "cmyk"
    assert profile.tagged or not any(name.startswith(("ua-", "a-")) for name in profile.standards)
    assert list(profile.gutters) == sorted(profile.gutters)


@pytest.mark.parametrize(
    ("pages", "inches"),
    [(24, 0.375), (150, 0.375), (151, 0.5), (300, 0.5), (500, 0.625), (501, 0.75), (828, 0.875), (900, 0.875)],
)
def test_the_inside_margin_by_the_number_of_pages(pages: int, inches: float) -> None:
    assert PROFILES["pod-grey"].gutter(pages) == pytest.approx(inches * INCH, abs=0.001)


def test_pages_are_filled_up() -> None:
    assert [PROFILES["offset"].filled(n) for n in (1, 4, 21)] == [4, 4, 24]


def test_an_order_is_known_by_everything_in_it() -> None:
    orders = [Order(p) for p in PROFILES.values()]
    orders += [Order(PROFILES["offset"], marks=True), *(Order(standard=name) for name in STANDARDS)]
    assert len({order.key for order in orders}) == len(orders)
    assert Order(standard="ua-2").standards == ("a-4", "ua-2", "wtpdf")
