"""Issue kinds: one value a file, one line here. A kind says what is made; compose says how."""

from __future__ import annotations

from collections.abc import Mapping

from digester.domain.issue import IssueKind
from digester.issues import ai_daily, ai_weekly, rec_daily, rec_weekly

KINDS: Mapping[str, IssueKind] = {
    kind.slug: kind for kind in (ai_daily.KIND, ai_weekly.KIND, rec_daily.KIND, rec_weekly.KIND)
}
