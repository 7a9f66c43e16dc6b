"""D02: no lock names a version that is known to be faulty, by a snapshot of advisories that needs no network
(deploy/advisories.tsv; November 2026). It is a net with known holes: what was published later is not in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCKS = sorted([*ROOT.glob("requirements*.lock"), *ROOT.glob("deploy/*.lock")])
_PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]{0,99}\])?==([^\s;\\]{1,40})")


def advisories() -> dict[str, tuple[str, str]]:
    lines = (ROOT / "deploy/advisories.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {name: (first, id_) for name, first, id_ in rows}


def faulty(lock: str) -> Iterator[str]:
    known = advisories()
    for name, version in _PIN.findall(lock):
        first, id_ = known.get(re.sub(r"[-_.]+", "-", name).lower(), ("0", ""))
        if first == "-" or Version(version) < Version(first):
            yield f"{name} {version}: {id_}"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_D02_no_lock_pins_a_version_that_is_known_to_be_faulty(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert len(_PIN.findall(text)) >= 5
    assert list(faulty(text)) == []


def test_D02_a_faulty_version_is_found_by_its_name_however_it_is_spelt() -> None:
    lock = "httpx2==2.11.9 \\\nLXML_html.clean==0.3.9 ; python_version > '3'\nlitellm==1.82.7\npyyaml==6.0.3\n"
    assert [line.split(":")[0] for line in faulty(lock)] == ["httpx2 2.11.9", "LXML_html.clean 0.3.9", "litellm 1.82.7"]
