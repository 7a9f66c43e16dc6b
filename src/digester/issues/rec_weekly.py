"""RecSys Weekly: the papers of arXiv's listing days Monday to Friday, rated, in themes, with their evidence."""

from digester.domain.issue import IssueKind

KIND = IssueKind(
    slug="rec-weekly",
    titles={"en": "RecSys Weekly {period}", "zh": "推荐周报 {period}"},
    slugs={"en": "rec-weekly-en-{period}", "zh": "rec-weekly-{period}"},
    cadence="weekly",
    rubric="recsys-1",
    categories={"en": "Rec Tech Report", "zh": "推荐技术报告"},
    tags={"en": ("Recommendation Systems", "Weekly", "Papers"), "zh": ("推荐系统", "周报", "论文")},
    papers=True,
    minimum=3,
    maximum=30,
)
