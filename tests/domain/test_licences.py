"""Which licences let others show a picture."""

from __future__ import annotations

import pytest

from digester.domain.licences import OPEN, is_open, named


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("License: CC BY 4.0", "CC BY 4.0"),
        ("  License:  CC  BY-SA 4.0 ", "CC BY-SA 4.0"),
        ("CC0", "CC0 1.0"),
        ("CC Zero", "CC0 1.0"),
        ("CC0 1.0", "CC0 1.0"),
        ("https://www.creativecommons.org/licenses/by/4.0/legalcode", "CC BY 4.0"),
        ("License: arXiv.org perpetual non-exclusive license", "arXiv.org perpetual non-exclusive license"),
        ("http://creativecommons.org/licenses/by/3.0/", "CC BY 3.0"),
    ],
)
def test_a_licence_has_one_name_however_it_is_stated(stated: str, name: str) -> None:
    assert named(stated) == name


@pytest.mark.parametrize(
    "licence", ["", "CC BY-NC 4.0", "CC BY-ND 4.0", "CC BY-NC-SA 4.0", "CC BY 3.0", "all rights reserved"]
)
def test_what_forbids_or_does_not_say_is_not_open(licence: str) -> None:
    assert not is_open(licence)


def test_open_licences_are_those_of_the_standard() -> None:
    assert sorted(OPEN) == ["CC BY 4.0", "CC BY-SA 4.0", "CC0 1.0"] and all(map(is_open, OPEN))
