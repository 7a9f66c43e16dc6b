"""The same records in processes with other hash seeds, locales and time zones: the same bytes in every file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import hashlib, sys
from pathlib import Path
from tests.outputs.everything import everything, shelf_of
from tests.outputs.hostile_samples import HOSTILE
from tests.outputs.planting import in_turn
from digester.outputs.site import SitePages
from digester.tree import Tree

as_is = lambda old: old or "word"
for made in (everything(as_is), everything(in_turn(HOSTILE))):
    for path in sorted(made):
        print(hashlib.sha256(made[path]).hexdigest(), ascii(path))
tree = Tree(Path(sys.argv[1]))
tree.write(SitePages().leaves(shelf_of(as_is)))
for path in sorted(p for p in tree.public.resolve().rglob("*") if p.is_file()):
    print(hashlib.sha256(path.read_bytes()).hexdigest(), ascii(path.relative_to(tree.public.resolve()).as_posix()))
"""
WORLDS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati"},
    {
        "PYTHONHASHSEED": "7",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "zh_CN.GB18030",
        "TZ": "America/St_Johns",
        "PYTHONUTF8": "0",
    },
)


def hashes(world: dict[str, str], out: Path) -> list[str]:
    env = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME")}
    env |= {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(out)], env=env | world, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


@pytest.mark.slow
def test_r16_other_hash_seeds_locales_and_zones_make_the_same_bytes(tmp_path: Path) -> None:
    first, *others = (hashes(world, tmp_path / str(n)) for n, world in enumerate(WORLDS))
    assert len(first) > 300 and len({line.split()[0] for line in first}) > 150
    for other in others:
        assert [(a, b) for a, b in zip(first, other, strict=True) if a != b] == []
