"""RecSys Daily: the papers of one arXiv list, a card each, under the trends of the day."""

from digester.domain.issue import IssueKind

KIND = IssueKind(
    slug="rec-daily",
    titles={"en": "RecSys Daily - {period}", "zh": "推荐算法日报 - {period}"},
    slugs={"en": "daily-report-en-{period}", "zh": "daily-report-{period}"},
    cadence="daily",
    rubric="recsys-1",
    categories={"en": "Rec Tech Report", "zh": "推荐技术报告"},
    tags={"en": ("Recommendation Systems", "Daily", "Papers"), "zh": ("推荐系统", "日报", "论文")},
    papers=True,
    minimum=1,
    maximum=20,
)
