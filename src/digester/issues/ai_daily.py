"""AI Tech Daily: featured stories, more in brief, what people say, trending repositories, releases, podcasts."""

from digester.domain.issue import IssueKind

KIND = IssueKind(
    slug="ai-daily",
    titles={"en": "AI Tech Daily - {period}", "zh": "AI 技术日报 - {period}"},
    slugs={"en": "ai-daily-en-{period}", "zh": "ai-daily-{period}"},
    cadence="daily",
    rubric="ai-1",
    categories={"en": "AI Tech Report", "zh": "AI 技术报告"},
    tags={"en": ("AI", "Daily", "Tech Trends"), "zh": ("AI", "日报", "技术趋势")},
    minimum=3,
    maximum=21,
)
