"""Who stands behind a paper, on its card: a kind that no source states is not made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.outputs.issue_samples import weekly

from digester.domain.issue import Pick
from digester.domain.model import Organisation, Support
from digester.outputs._lines import Refs
from digester.outputs._picks import _from

ISSUE = weekly()


def pick(*organisations: tuple[str, str]) -> Pick:
    at = Support("p", 0, 1, "org:author_block")
    first = ISSUE.picks()[0]
    return replace(first, organisations=tuple(Organisation(n, k, at) for n, k in organisations))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("organisations", "kind", "names"),
    [
        ((("Kestrelo", "industry"), ("Tallbridge University", "academia")), "Industry", "Kestrelo"),
        ((("Tallbridge University", "academia"),), "Academia", "Tallbridge University"),
        ((("Bidmoor", "unknown"), ("Tallbridge University", "academia")), "Bidmoor, Tallbridge University", ""),
        ((("Bidmoor", "unknown"), ("Kestrelo", "industry")), "Industry", "Kestrelo"),
        ((("Bidmoor", "unknown"),), "Bidmoor", ""),
        ((), "not stated", ""),
    ],
)
def test_a_house_of_unknown_kind_is_named_and_not_called_academia(
    organisations: tuple[tuple[str, str], ...], kind: str, names: str
) -> None:
    assert _from(pick(*organisations), "en", Refs({}, {}), False) == (kind, names)
