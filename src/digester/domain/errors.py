"""The error tree. Each carries the subject it is about and, where there is one, the next step.

    DigesterError                 exit 1
    ├── ConfigError               exit 5   all problems of a file at once, with line numbers
    ├── UsageError                exit 2   a date or name that means nothing
    ├── NotFound                  exit 4   no such issue, item or source; says what to type
    ├── NothingToPublish          exit 4
    ├── Refused                   exit 6   an issue that must not go out
    ├── Offline                   exit 1   no source could be reached
    ├── Locked                    exit 75  another run works in this workspace
    ├── StoreError                exit 1   the database said no
    └── ParseError                (a value in reports) bytes that are not what they claim to be

Failures of one subject are values (Failure, FetchError, Outcome); only these are raised.
"""

from __future__ import annotations

from dataclasses import dataclass


class DigesterError(Exception):
    """Base of all expected errors. `hint` is what to do next; `exit_code` what the CLI answers."""

    exit_code = 1

    def __init__(self, message: str, *, subject: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.subject, self.hint = subject, hint


@dataclass(frozen=True)
class Problem:
    """One finding in a configuration file. `line` counts from 1, 0 when unknown."""

    line: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.where + ': ' if self.where else ''}{self.message}"


class ConfigError(DigesterError):
    exit_code = 5

    def __init__(self, problems: tuple[Problem, ...], *, subject: str = "", hint: str = "") -> None:
        super().__init__("; ".join(str(p) for p in problems), subject=subject, hint=hint)
        self.problems = problems


class UsageError(DigesterError):
    exit_code = 2


class NotFound(DigesterError):
    exit_code = 4


class NothingToPublish(DigesterError):
    exit_code = 4


class Refused(DigesterError):
    exit_code = 6


class Offline(DigesterError):
    exit_code = 1


class Locked(DigesterError):
    exit_code = 75


class StoreError(DigesterError):
    exit_code = 1


class ParseError(DigesterError):
    exit_code = 1
