"""AI Weekly: the rated stories of a week by subject, with its narratives."""

from datetime import timedelta

from digester.domain.issue import IssueKind

KIND = IssueKind(
    slug="ai-weekly",
    titles={"en": "AI Weekly {period}", "zh": "AI 周报 {period}"},
    slugs={"en": "ai-weekly-{period}-en", "zh": "ai-weekly-{period}"},
    cadence="weekly",
    rubric="ai-1",
    categories={"en": "AI Tech Report", "zh": "AI 技术报告"},
    tags={"en": ("AI", "Weekly"), "zh": ("AI", "周报")},
    turn=timedelta(hours=22),
    minimum=3,
    maximum=30,
)
