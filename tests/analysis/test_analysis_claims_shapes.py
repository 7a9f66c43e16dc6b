"""The shapes in which abstracts print what a test on users gave: one sentence each, and all that must be read of it."""

from __future__ import annotations

import pytest

from digester.analysis.claims import claims_of
from digester.analysis.metrics import published
from digester.domain.ids import passage_id
from digester.domain.model import Claim, Passage


def claims(text: str) -> list[Claim]:
    return [c for c, _ in claims_of([Passage(passage_id(text), "arxiv:2606.90012", "abstract", text)])]


def live(text: str) -> list[str]:
    return [f"{c.metric} {c.sign}{c.value}{c.unit}" for c in claims(text) if c.evidence in ("online_ab", "deployed")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the noun of direction before the measure
        ("Online A/B tests on Pelmora show a 0.71% rise in paid orders and a 1.05% drop in refund rate.",
         ["paid orders +0.71%", "refund rate -1.05%"]),
        ("A two-week A/B test gives increases of 2.4% in basket size and 1.3% in checkout rate.",
         ["basket size +2.4%", "checkout rate +1.3%"]),
        ("In online A/B tests the ranker brings a relative gain of +3.2% on effective plays.", ["effective plays +3.2%"]),
        ("We see an improvement in cart value of 0.44% in an online A/B test.", ["cart value +0.44%"]),
        ("The A/B test shows a 4.1% and a 2.6% increase in video views and follows.",
         ["video views +4.1%", "follows +2.6%"]),
        ("Live traffic experiments record uplifts of 1.9%, 0.8% and 0.3% in CTR, CVR and GMV.",
         ["CTR +1.9%", "CVR +0.8%", "GMV +0.3%"]),
        # the measure between figure and noun
        ("An A/B test on Quennel found a 6.02% ad revenue increase and a 0.9% bounce rate reduction.",
         ["ad revenue +6.02%", "bounce rate -0.9%"]),
        ("The online experiment yields a +0.52% lift in average order value, with a 3.1% churn reduction.",
         ["average order value +0.52%", "churn -3.1%"]),
        ("Deployed at Harrowgate for all users, it contributed a 2.7% GMV gain.", ["GMV +2.7%"]),
        # verb, measure, by, figure
        ("Online tests show that it raises listening minutes by 1.6% and lowers skip rate by 2.2%.",
         ["listening minutes +1.6%", "skip rate -2.2%"]),
        ("In the A/B test, Threadline improved host acceptance rate by 0.9%, increased nights booked by 1.4%, and cut customer contacts by 3.3%.",
         ["host acceptance rate +0.9%", "nights booked +1.4%", "customer contacts -3.3%"]),
        ("The online A/B test boosts CTR, CVR, and RPM by 1.2%, 0.4%, and 2.0%.", ["CTR +1.2%", "CVR +0.4%", "RPM +2.0%"]),
        ("An A/B test over ten days increases CTR by 2.1%, GMV 1.7%, and retention 0.3%.",
         ["CTR +2.1%", "GMV +1.7%", "retention +0.3%"]),
        ("In production A/B tests it significantly improves ad revenue (by 2.8%) and advertiser ROI (by 1.1%).",
         ["ad revenue +2.8%", "advertiser ROI +1.1%"]),
        # the measure as subject
        ("During the online A/B test, session depth grew by 2.9% while unsubscribes fell 0.7%.",
         ["session depth +2.9%", "unsubscribes -0.7%"]),
        ("In the online experiment, gross bookings were up 1.1% and cancellations were down 0.6%.",
         ["gross bookings +1.1%", "cancellations -0.6%"]),
        ("In A/B testing, CTR saw a 2.3% uplift and dwell time an uplift of 1.8%.", ["CTR +2.3%", "dwell time +1.8%"]),
        # signed lists
        ("Online A/B results: +1.31% CTR, +0.77% PCVR, and -2.05% CPA.", ["CTR +1.31%", "PCVR +0.77%", "CPA -2.05%"]),
        ("The A/B test shows significant gains (CTR +1.3%, UV value +2.2%, bad-case rate -4.0%).",
         ["CTR +1.3%", "UV value +2.2%", "bad-case rate -4.0%"]),
        ("Online A/B testing confirms gains in watch time (+0.48%), shares (+1.9%), and 7-day retention (+0.12%).",
         ["watch time +0.48%", "shares +1.9%", "7-day retention +0.12%"]),
        ("In a live experiment, key metrics improved: Total Watch Hours +0.6%, Daily Visits +0.2%.",
         ["Total Watch Hours +0.6%", "Daily Visits +0.2%"]),
        ("The A/B test resulted in GMV: +0.9%, CTR: +1.4%, and Complaints: -0.5%.",
         ["GMV +0.9%", "CTR +1.4%", "complaints -0.5%"]),
        # respectively
        ("Online A/B tests report that CTR and GMV/UV grow by 1.15% and 2.25%, respectively.",
         ["CTR +1.15%", "GMV/UV +2.25%"]),
        ("It achieves respectively 3.4% and 1.2% improvements in consumption depth and likes in online A/B tests.",
         ["consumption depth +3.4%", "likes +1.2%"]),
        ("In the A/B test, improvements of 0.9% and 1.6% were obtained for clicks and purchases, respectively.",
         ["clicks +0.9%", "purchases +1.6%"]),
        # comparatives
        ("The online A/B test led to 3.8% more saves and 1.2% fewer hides.", ["saves +3.8%", "hides -1.2%"]),
        ("With 5.5% higher conversion and 2% lower return rate, it won the A/B test.", ["conversion +5.5%", "return rate -2%"]),
        # sentence to sentence
        ("We ran an online A/B test at Corvane. Specifically, item page views increased by 1.9%.", ["item page views +1.9%"]),
        ("The model has been deployed on the Ostrava app. It brought a 2.2% lift in ad revenue.", ["ad revenue +2.2%"]),
        ("Online A/B tests on the feed raise CTR by 1.0%. Moreover, a second stage adds a further 0.4% gain.",
         ["CTR +1.0%", "CTR +0.4%"]),
        # measures that no table knows
        ("An online A/B test shows a 1.7% lift in the north-star metric.", ["north-star metric +1.7%"]),
        ("A/B tests increase Qualified Leads by 8.3% and reduce Escalation Rate by 5.0%.",
         ["Qualified Leads +8.3%", "Escalation Rate -5.0%"]),
        ("In an online A/B test, EPM, ATC, and BPU rose by 1.0%, 2.0%, and 3.0%.", ["EPM +1.0%", "ATC +2.0%", "BPU +3.0%"]),
        # ranges
        ("Online A/B tests show gains in CTR ranging from 0.4% to 1.9%.", ["CTR +0.4%"]),
        ("The A/B test shows a 3-5% increase in saves.", ["saves +3%"]),
        # from level to level is no lift, the lift beside it is
        ("In the A/B test, adoption grew from 12.1% to 15.0%.", []),
        # Chinese
        ("线上 A/B 实验显示，点击率提升 1.2%，客诉率下降 0.8%。", ["点击率 +1.2%", "客诉率 -0.8%"]),
        ("该方法已上线，带来 GMV +1.5%、订单量 +0.9%。", ["GMV +1.5%", "订单量 +0.9%"]),
    ],
)  # fmt: skip
def test_every_shape_gives_its_figures_with_measure_and_sign(text: str, expected: list[str]) -> None:
    assert live(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Online A/B tests in Brindle search show UCVR +0.5% and UV value +0.7%.", ["UCVR +0.5%", "UV value +0.7%"]),
        ("In online experiments, CTR improves 5.1%, CVR 3.2%, and GMV 4.0%.", ["CTR +5.1%", "CVR +3.2%", "GMV +4.0%"]),
        ("The A/B test shows a CTR improvement of 2.1% and a CVR improvement of 1.5%.", ["CTR +2.1%", "CVR +1.5%"]),
        ("It won the online A/B test, with CTR and GMV increasing by 2.0% and 3.5%.", ["CTR +2.0%", "GMV +3.5%"]),
        ("A 14-day A/B test shows significant improvements: 2.9% in CTR, 1.7% in orders, and 0.8% in GMV.",
         ["CTR +2.9%", "orders +1.7%", "GMV +0.8%"]),
        ("In the A/B test it increased the conversion rate by 0.9% and the average order value by 0.3%, respectively.",
         ["conversion rate +0.9%", "average order value +0.3%"]),
        ("Online, in an A/B test, consumption of long-tail items increased 4.2%.", ["consumption of long-tail items +4.2%"]),
        ("Online A/B tests deliver 1.3% and 0.9% improvements in CTR and CPM over the production model.",
         ["CTR +1.3%", "CPM +0.9%"]),
        ("The A/B test saw a 0.5% (p<0.01) increase in sessions.", ["sessions +0.5%"]),
        ("In live A/B tests it reduces negative feedback by 7.0% without hurting CTR.", ["negative feedback -7.0%"]),
        ("In a one-month A/B test the average watch time per user is improved by 0.32%.", ["average watch time per user +0.32%"]),
        ("The A/B test translates into 1.1% higher revenue.", ["revenue +1.1%"]),
        ("For cold-start items the online A/B test raises new-item CTR by 12.1%.", ["new-item CTR +12.1%"]),
        ("The online A/B test yields a 2.35% uplift in CTR, reduces complaint rate by 1.2%, and increases 30-day retention by 0.1%.",
         ["CTR +2.35%", "complaint rate -1.2%", "30-day retention +0.1%"]),
        ("Serving all traffic at Velmar, it has been deployed and has increased advertiser spend by 1.8%.", ["advertiser spend +1.8%"]),
        ("A/B experiments show that users spend 1.4% more time and place 0.6% more orders.", ["time +1.4%", "orders +0.6%"]),
        ("In A/B tests, the share of new creators in impressions grows by 9.0%.", ["share of new creators +9.0%"]),
        ("An online A/B test shows that the proposed ranker gains 3.3% in UCTR and 2.1% in GPM.", ["UCTR +3.3%", "GPM +2.1%"]),
        ("Online A/B tests demonstrate that Tern increases overall watch time by 0.9%, total likes by 2.2% and total comments by 1.1%.",
         ["overall watch time +0.9%", "total likes +2.2%", "total comments +1.1%"]),
        ("Its deployment on Larkspur Ads led to gains of 1.4% in ad clicks and 2.6% in ad spend.", ["ad clicks +1.4%", "ad spend +2.6%"]),
        ("Rolled out to production, it has been serving all users since May, with 0.9% more bookings.", ["bookings +0.9%"]),
        ("In the online A/B test, latency dropped by 18% and GMV rose by 0.4%.", ["latency -18%", "GMV +0.4%"]),
        ("We observe +0.21 pp in CVR in an online A/B test.", ["CVR +0.21pp"]),
        ("The online A/B test shows a statistically significant 2.3% increase in the number of completed orders.",
         ["number of completed orders +2.3%"]),
        ("Online A/B testing on two surfaces achieves +1.9% CTR on Home and +2.4% CTR on Search.", ["CTR +1.9%", "CTR +2.4%"]),
        ("The A/B test brings notable gains in user engagement, e.g., +0.8% time spent and +1.2% likes.",
         ["time spent +0.8%", "likes +1.2%"]),
        ("In the online A/B test, it obtains a gain of 1.22% on CTR and a gain of 0.86% on CVR.", ["CTR +1.22%", "CVR +0.86%"]),
        ("CTR (+2.0%), CVR (+1.1%) and GMV (+3.3%) all rose in the online A/B test.", ["CTR +2.0%", "CVR +1.1%", "GMV +3.3%"]),
        ("Online A/B tests show that click-through rate and conversion rate increased by 3.12% and 1.96% respectively.",
         ["click-through rate +3.12%", "conversion rate +1.96%"]),
        ("The online A/B test records an uplift of 0.34% and 0.51% in user retention and app opens, respectively.",
         ["user retention +0.34%", "app opens +0.51%"]),
        ("In the A/B test the hide rate went down 4.4% and the save rate went up 2.0%.", ["hide rate -4.4%", "save rate +2.0%"]),
        ("Online A/B tests show 2.1% growth in effective plays, while the dislike rate is reduced by 3.0%.",
         ["effective plays +2.1%", "dislike rate -3.0%"]),
        ("In the A/B test, it improves long-view rate by 1.3%, and shares by 2.0%.", ["long-view rate +1.3%", "shares +2.0%"]),
        ("It improves nDCG by 3% offline. In an online A/B test, it drives a lift in purchases of 0.7%.", ["purchases +0.7%"]),
        ("It was launched on Fenwick, where an A/B test showed a 1.0% GMV increase, a 0.7% order increase and a 5% cost reduction.",
         ["GMV +1.0%", "order +0.7%", "cost -5%"]),
    ],
)  # fmt: skip
def test_more_shapes(text: str, expected: list[str]) -> None:
    assert live(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the online A/B test GMV, our primary metric, rises by 1.2%.", ["GMV +1.2%"]),
        ("The A/B test shows a CTR lift of 2.1% (up to 5.0% for new users).", ["CTR +2.1%"]),
        ("In the A/B test, CTR went from 2.1% to 2.4%, a relative gain of 14.3%.", []),
        ("An online A/B test improves both CTR (by 0.7%) and dwell time (by 1.9%) as well as like rate (by 2.5%).",
         ["CTR +0.7%", "dwell time +1.9%", "like rate +2.5%"]),
        ("The A/B test shows gains of over 2.0% in both CTR and CVR.", ["CTR +2.0%", "CVR +2.0%"]),
        ("Online A/B tests give a cumulative GMV gain of 1.5% across three launches.", ["GMV +1.5%"]),
        ("In the A/B test, CTR/CVR improve by 0.6%/1.2%.", ["CTR +0.6%", "CVR +1.2%"]),
        ("An A/B test on Wexley Maps, one of the largest map apps, reports 2.0% more route searches and 1.1% longer sessions.",
         ["route searches +2.0%", "sessions +1.1%"]),
        ("Compared with the production model, which was trained on 30% of the logs, it lifts CTR by 1.0% in an online A/B test.",
         ["CTR +1.0%"]),
        ("A three-week A/B test with 20M users finds 0.3 percentage points higher seven-day retention.",
         ["seven-day retention +0.3pp"]),
        ("In online tests, the new retrieval stage contributes 1.6 percent to total orders.", []),
        ("Our online A/B test reported a reduction of 15% in timeouts and of 4% in abandonment rate.",
         ["timeouts -15%", "abandonment rate -4%"]),
        ("The A/B test yields +2.17% and +1.03% on CTR and CVR, and p99 latency stays below 20 ms.", ["CTR +2.17%", "CVR +1.03%"]),
        ("In an online A/B test, revenue per search improved significantly by 1.25% (p < 0.01), while ad load fell 3%.",
         ["revenue per search +1.25%", "ad load -3%"]),
        ("Two A/B tests, on search and on the feed, show CTR gains of 1.1% and 0.8%.", ["CTR +1.1%", "CTR +0.8%"]),
        ("An A/B test reveals not only a 1.2% increase in orders but also a 0.9% increase in repeat purchases.",
         ["orders +1.2%", "repeat purchases +0.9%"]),
        ("It was tested online: listeners streamed 1.4% more, skip rate fell by 0.8%, and saves rose 2.1%.",
         ["skip rate -0.8%", "saves +2.1%"]),
        ("Since going live in March, it has been deployed to all markets, generating an extra 0.8% of revenue.", []),
        ("After full deployment it generates a 0.8% increase in incremental bookings and saves 30% of GPU cost.",
         ["incremental bookings +0.8%", "GPU cost -30%"]),
        ("The online A/B test demonstrates an increase of 1.01% in GMV, 0.62% in order volume, and 0.45% in buyers.",
         ["GMV +1.01%", "order volume +0.62%", "buyers +0.45%"]),
        ("In A/B tests our policy reduces churn by 2% relative to control and by 5% relative to no intervention.", ["churn -2%", "churn -5%"]),
        ("With a 0.85% improvement in user engagement, the A/B test led to a launch.", ["user engagement +0.85%"]),
        ("Online A/B testing further shows improved CTR (2.2%), longer watch time (1.3%) and fewer complaints (4.1%).",
         ["CTR +2.2%", "watch time +1.3%", "complaints -4.1%"]),
        ("An A/B test shows gains in App Stay Time of 0.4%/0.7% on two tabs.", ["App Stay Time +0.4%", "App Stay Time +0.7%"]),
        ("The online A/B test yields 2.1% CTR and 3.3% RPM improvements.", ["CTR +2.1%", "RPM +3.3%"]),
        ("The A/B test gives 1.1% and 2.2% improvements in terms of CTR and CVR.", ["CTR +1.1%", "CVR +2.2%"]),
        ("Live A/B tests show a 3% drop in null results rate.", ["null results rate -3%"]),
        ("We deployed it at Velmar, where it raised return on ad spend by 2.2%.", ["return on ad spend +2.2%"]),
        ("The A/B test raises the average visit length by 0.3%-0.9%.", ["average visit length +0.3%"]),
        ("Total cost dropped 12% and click volume rose 3% in the live experiment.", ["total cost -12%", "click volume +3%"]),
        ("A/B tests show that query abandonment decreases by 3.9% and that good clicks increase by 1.2%.",
         ["query abandonment -3.9%", "good clicks +1.2%"]),
    ],
)  # fmt: skip
def test_shapes_among_other_things(text: str, expected: list[str]) -> None:
    assert live(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The A/B test ran on 5% of traffic for 14 days.",
        "We serve 30% of users with the new ranker in an online A/B test.",
        "In online A/B tests it outperforms the production baseline by 3.1%.",
        "Offline, Recall@50 improves by 7.7%; an online A/B test confirms the trend.",
        "Online simulations raise GMV by 4.0%.",
        "A/B tests in a simulator raise revenue by 12%.",
        "An offline A/B test estimates a CTR gain of 2.2%.",
        "The expected 3% lift in CTR must be validated through A/B testing.",
        "The design uses 40% fewer parameters and was tested online.",
        "In the online A/B test the difference was significant at the 95% confidence level.",
        "On MovieLens it improves HR@10 by 4.5% and was never tested online.",
        "Nearly 80% of sessions in the online A/B test are anonymous.",
        "We keep 99% of the accuracy, and an online A/B test is planned.",
    ],
)
def test_what_is_no_figure_of_users_is_none(text: str) -> None:
    assert live(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "In the online A/B test, both ARPU and DAU show positive changes, at +0.9% and +0.2%.",
        "In the A/B test the two arms gain 1% and 2%, respectively.",
        "Watch time improves by 1% and 2% on phones and tablets, respectively, in the A/B test.",
        "The A/B test yields 1.2%, 0.4% and 0.9% in CTR and GMV.",
    ],
)
def test_a_list_that_no_rule_places_is_left_out(text: str) -> None:
    assert live(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It improves GAUC by 0.9% in offline evaluation, while an online A/B test reveals a 2.2% increase in order count.",
         [("GAUC", "offline"), ("order count", "online_ab")]),
        ("It cuts serving cost by 40% offline and lifts CTR by 1.1% in online A/B tests.",
         [("serving cost", "offline"), ("CTR", "online_ab")]),
        ("Online A/B tests raise CTR by 1.1%; offline, the conversion estimate gains 2%.",
         [("CTR", "online_ab"), ("conversion estimate", "offline")]),
        ("In simulations revenue rises by 9%, and in a live A/B test revenue rises by 2%.",
         [("revenue", "simulated"), ("revenue", "online_ab")]),
    ],
)  # fmt: skip
def test_each_clause_keeps_its_own_evidence(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(c.metric, c.evidence) for c in claims(text)] == expected


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("Online A/B tests lift CTR by up to 2.4% and GMV by over 1%.", ["up to", "over"]),
        ("The A/B test shows an average increase of 1.2% in CTR.", ["average"]),
        ("The A/B test lifts CTR by 1.2% on average.", ["average"]),
        ("An A/B test raises CTR by 0.1%, though not significantly.", ["not significant"]),
        ("An A/B test raises GMV by 0.2% (p = 0.31, not significant) and CTR by 1.4% (p < 0.01).", ["not significant", None]),
        ("A/B tests show gains in CTR ranging from 0.4% to 1.9%.", ["at least"]),
        ("A/B tests raise average dwell time by 0.4%-1.9%.", ["at least"]),
        ("A/B tests raise CTR by up to 3-5%.", ["up to"]),
        ("A/B tests show >2% more clicks.", ["over"]),
        ("A/B tests raise average dwell time by 0.4%.", [None]),
        ("About 2% more orders came in during the A/B test.", ["about"]),
    ],
)  # fmt: skip
def test_the_hedge_travels_with_its_figure(text: str, hedges: list[str | None]) -> None:
    assert [c.hedge for c in claims(text)] == hedges


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("In the Express tab scenario, the A/B test lifts CTR by 1.1%.", ["the Express tab scenario"]),
        ("The A/B test increased orders by 1.3% in Portugal and 0.6% in Chile.", ["Portugal", "Chile"]),
        ("An online A/B test with 8% of traffic over 12 days lifts CTR by 1.1%.", ["8% of traffic over 12 days"]),
        ("The online A/B test lifts new-user CTR by 2.0% on iOS.", ["iOS"]),
        ("The A/B test lifts CTR by 2.0% and orders by 1.0% in Japan.", ["Japan", "Japan"]),
        ("For instance, the A/B test lifts CTR by 2.0%.", [None]),
    ],
)
def test_the_scope_travels_with_its_figure(text: str, scopes: list[str | None]) -> None:
    assert [c.scope for c in claims(text) if c.metric.endswith(("CTR", "orders"))] == scopes


def test_only_signed_figures_from_users_are_published() -> None:
    text = (
        "Offline AUC rises by 0.4%. An online A/B test lifts CTR by 1.1% and changes GMV by 0.3%. Storage falls by 30%."
    )
    assert [f"{c.metric} {c.sign}{c.value}" for c in published(claims(text))][:1] == ["CTR +1.1"]
    assert all(c.evidence in ("online_ab", "deployed") for c in published(claims(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In an A/B test, rider comfort is improved by 9% in terms of cancellation rate.", ["cancellation rate 9%"]),
        ("In an A/B test, rider comfort is improved by 9% in terms of average order value.", ["average order value +9%"]),
        ("In an A/B test, user satisfaction improved by 9% in terms of the likes-to-dislikes ratio.", ["likes-to-dislikes ratio +9%"]),
        ("In an A/B test, CTR rose by 9% in terms of relative lift.", ["CTR +9%"]),
        ("In an A/B test, CTR rose by 9% in terms of users.", ["CTR +9%"]),
    ],
)  # fmt: skip
def test_what_a_result_is_in_terms_of_is_its_measure_and_better_says_no_direction(
    text: str, expected: list[str]
) -> None:
    assert live(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Compared with the Brackwater baseline, which gained 1.4% CTR, SIDLoom gains 2.6% CTR in online A/B tests.", ["CTR +2.6%"]),
        ("A/B tests show that the control group gained 0.3% CTR.", []),
        ("A/B tests show that orders fell by 0.3% for the control while revenue rose by 1.7%.", ["revenue +1.7%"]),
        ("Our earlier ranker, deployed in spring, improved CTR by 4.0%.", []),
        ("Compared to the old model that lifted GMV by 1.2%, the new one lifts GMV by 2.1% in A/B tests.", ["GMV +2.1%"]),
        ("Online A/B testing shows that disabling the gate lowers CTR by 1.3%.", []),
        ("Without the gate, CTR drops 1.3% in the online A/B test.", []),
        ("In A/B tests, removing the second stage reduces latency by 30%.", ["latency -30%"]),
        ("Without extra cost, CTR rises 1.3% in the online A/B test.", ["CTR +1.3%"]),
        ("The A/B test lifts orders of existing users by 1.3% compared with the baseline.", ["orders +1.3%"]),
        ("Quality control raises CTR by 1.3% in the A/B test.", ["CTR +1.3%"]),
    ],
)  # fmt: skip
def test_the_figure_of_a_rival_or_of_an_ablation_is_no_result(text: str, expected: list[str]) -> None:
    assert live(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In A/B tests on Home and Search, CTR improves by 1.2% and 2.6%, respectively.",
         [("CTR", "1.2", "Home"), ("CTR", "2.6", "Search")]),
        ("A/B tests in Home and Detail show 1.2% and 2.6% increases in CTR.", [("CTR", "1.2", "Home"), ("CTR", "2.6", "Detail")]),
        ("In A/B tests on Home and Search, CTR and GMV improve by 1.2% and 2.6%.", [("CTR", "1.2", None), ("GMV", "2.6", None)]),
        ("The A/B test improves CTR by 1.2% on Home, Search and Detail.", [("CTR", "1.2", "Home, Search and Detail")]),
        ("The A/B test improves CTR by 1.2% on Home and lifts sales.", [("CTR", "1.2", "Home")]),
        ("The A/B test improves CTR by 1.2% on Home and 2.6% on Search.", [("CTR", "1.2", "Home"), ("CTR", "2.6", "Search")]),
        ("The A/B test shows 1.2% (Home) and 2.6% (Search) gains in CTR.", [("CTR", "2.6", "Search")]),
    ],
)  # fmt: skip
def test_places_are_no_measures_and_are_told_whole(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(c.metric, c.value, c.scope) for c in claims(text)] == expected


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("The A/B test shows up to 1.3% CTR and 0.7% CVR gains.", ["up to", "up to"]),
        ("In A/B tests CTR and CVR increase by about 1.3% and 0.7%.", ["about", "about"]),
        ("In A/B tests CTR and CVR increase by 0.4%-1.3% and 0.7%.", ["at least", None]),
        ("The A/B test shows a 3.1% average increase in CTR.", ["average"]),
        ("The A/B test shows an average CTR gain of 3.1%.", ["average"]),
        ("The A/B test shows a maximum CTR gain of 5.2%.", ["up to"]),
        ("The A/B test shows a gain in CTR (1.3%), but GMV did not change significantly (0.1%).", [None, "not significant"]),
        ("The A/B test: +1.3% orders, no significant change in refunds (+0.1%).", [None, "not significant"]),
        ("In A/B tests GMV has a lift of up to 6.2%, while a late module added another 3.1% lift.", ["up to", "further"]),
    ],
)  # fmt: skip
def test_a_hedge_holds_for_its_list_and_for_nothing_else(text: str, hedges: list[str | None]) -> None:
    assert [c.hedge for c in claims(text)] == hedges
    assert not any(c.metric.startswith(("average", "maximum")) for c in claims(text))


def test_what_is_added_to_a_figure_up_to_is_not_published_instead_of_it() -> None:
    text = "In A/B tests GMV has a lift of up to 6.2%, while a late module added another 3.1% lift."
    assert [(c.value, c.hedge) for c in published(claims(text))] == [("6.2", "up to")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In A/B tests it reduces the drop in retention by 2.2%.", ["retention 2.2%"]),
        ("In A/B tests it slows the decline of retention by 2.2%.", ["retention 2.2%"]),
        ("In the A/B test the acceptance rate grew to 41%.", []),
        ("A/B tests: a 9% increase in budget leads to a 2% increase in GMV.", ["GMV +2%"]),
        ("The A/B test shows that it surpasses the baseline by 1.2% in CTR.", ["CTR +1.2%"]),
        ("The A/B test shows improvements in CTR of +1.2% and in GMV of +2.3%.", ["CTR +1.2%", "GMV +2.3%"]),
        ("In A/B tests, orders per user and GMV per user both rise by 1.2%.", ["orders per user +1.2%", "GMV per user +1.2%"]),
        ("The A/B test drives a 4% revenue and engagement improvement.", ["revenue +4%", "engagement +4%"]),
        ("The A/B test shows gains: >5.0% in CTR and GMV, >2.0% in orders.", ["CTR +5.0%", "GMV +5.0%", "orders +2.0%"]),
        ("An A/B test gives a 2% online reduction of cost per click.", ["cost per click -2%"]),
        ("Fully deployed, it saves 21% of GPU resources.", ["GPU resources -21%"]),
        ("The A/B test shows a +21% improvement in FineRate metrics.", ["FineRate metrics +21%"]),
    ],
)  # fmt: skip
def test_directions_and_measures_of_less_common_forms(text: str, expected: list[str]) -> None:
    assert live(text) == expected
