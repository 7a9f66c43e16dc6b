"""The weights of a rating: points a feature, and from which score on an open case is a 3 or a 4.

A point doubles the odds that practitioners keep a paper: score = base + sum of points = log2 of these odds. The file
(`prompts/weights/rating.json`) is read at the rim and arrives here as plain values; `version` and `mark` travel with
each rating, so that other weights make other ratings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digester.analysis.rating_features import NAMES
from digester.domain.errors import ConfigError, Problem
from digester.domain.ids import digest

MOST = 20.0  # points either way that a weight may have
_KEYS = frozenset({"version", "about", "base", "levels", "features"})


@dataclass(frozen=True)
class Weights:
    """`base` and `points` in log2 odds; `three` and `four` are the scores from which an open case is a 3, a 4."""

    version: int
    base: float
    three: float
    four: float
    points: Mapping[str, float]

    @property
    def mark(self) -> str:
        """`1.4f2a09`: version and hash of the values in force."""
        values = (self.base, self.three, self.four, *(f"{n}={p}" for n, p in sorted(self.points.items())))
        return f"{self.version}.{digest(*map(str, values), size=3)}"

    def points_of(self, strength: Mapping[str, float]) -> dict[str, float]:
        """Points by feature, two decimals; a feature without weight is kept with none."""
        return {name: round(self.points.get(name, 0.0) * s, 2) for name, s in sorted(strength.items())}

    def score(self, points: Mapping[str, float]) -> float:
        return round(self.base + sum(points[name] for name in sorted(points)), 2)

    def level(self, score: float) -> int:
        """2, 3 or 4 by score alone."""
        return 4 if score >= self.four else 3 if score >= self.three else 2


def weights_of(value: object, subject: str) -> Weights:
    """Weights from a file's plain values. Raises ConfigError with everything that is wrong in it."""
    if not isinstance(value, Mapping):
        raise ConfigError((Problem(0, "", "is no table of weights"),), subject=subject)
    problems = [Problem(0, str(k), "unknown key") for k in sorted(set(value) - _KEYS, key=str)]
    levels, features = value.get("levels"), value.get("features")
    tables = [("levels", levels, ("3", "4"), True), ("features", features, NAMES, False)]
    for name, table, known, whole in tables:
        problems += _problems(name, table, known, whole)
    if not isinstance(value.get("version"), int) or isinstance(value.get("version"), bool):
        problems.append(Problem(0, "version", "is a whole number"))
    problems += [] if _is_number(value.get("base")) else [Problem(0, "base", _NUMBER)]
    if problems:
        raise ConfigError(tuple(problems), subject=subject, hint="see prompts/weights/rating.json as shipped")
    return Weights(value["version"], float(value["base"]), float(levels["3"]), float(levels["4"]),  # type: ignore[index]
                   {n: float(p) for n, p in sorted(features.items())})  # type: ignore[union-attr]  # fmt: skip


_NUMBER = f"is a number between -{MOST:g} and {MOST:g}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -MOST <= value <= MOST


def _problems(name: str, table: object, known: tuple[str, ...], whole: bool) -> list[Problem]:
    if not isinstance(table, Mapping):
        return [Problem(0, name, "is a table of numbers")]
    found = [Problem(0, f"{name}.{k}", "unknown feature") for k in sorted(set(table) - set(known), key=str)]
    found += [Problem(0, f"{name}.{k}", "is missing") for k in known if whole and k not in table]
    return found + [Problem(0, f"{name}.{k}", _NUMBER) for k in sorted(table, key=str) if not _is_number(table[k])]
