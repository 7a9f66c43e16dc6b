"""Records of issues as earlier versions wrote them, made readable: what was frozen stays readable for ever."""

from __future__ import annotations

from typing import Any

from digester.domain.issue import SCHEMA_VERSION


def upgraded(record: Any) -> Any:
    """The plain values of an issue in today's schema; what is no record of an older one comes back as it is.

    Version 1 held reasons and notices as English text; since 2 they stand by language.
    """
    if not isinstance(record, dict) or record.get("schema_version") != 1:
        return record
    sections = [{**s, "picks": [_pick(p) for p in s.get("picks", ())]} for s in record.get("sections", ())]
    notices = [_english(n) for n in record.get("notices", ())]
    return {**record, "schema_version": SCHEMA_VERSION, "sections": sections, "notices": notices}


def _pick(pick: dict[str, Any]) -> dict[str, Any]:
    return {**pick, "reason": _english(pick.get("reason", ""))}


def _english(text: Any) -> Any:
    return ({"en": text} if text else {}) if isinstance(text, str) else text
