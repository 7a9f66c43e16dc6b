"""Dates in the words of a language. Months are spelled from a table because strftime follows the machine's locale."""

from __future__ import annotations

from datetime import date

from digester.domain.words import is_chinese

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month(number: int, language: str) -> str:
    """The name of a month, 1 to 12."""
    return f"{number} 月" if is_chinese(language) else MONTHS[number - 1]


def day(value: date, language: str) -> str:
    if is_chinese(language):
        return f"{value.year} 年 {value.month} 月 {value.day} 日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
