"""What kind of event a headline tells: a release, a purchase, a lawsuit. One company does several things a day.

Two headlines of one company that tell of different kinds are two announcements; of one kind, also in two languages,
they are more likely one.
"""

from __future__ import annotations

from digester.analysis.stories._classes import finder

_ACTS = {
    "release": (r"releas\w{1,3}|launch\w{0,3}|unveil\w{0,3}|introduc\w{1,3}|publish\w{0,3}|ships|is (?:here|out)|debut\w{0,3}|roll\w{0,3} out|new model|goes live|available|reaches (?:version )?\d", "发布|推出|上线|亮相|面世|公开"),
    "open": (r"open[- ]?sourc\w{1,3}|open[- ]weights?|opens? (?:its |the )?code|weights of", "开源"),
    "buy": (r"buys?|bought|acqui[rs]\w{1,7}|purchas\w{1,3}|takeover|snaps? up|sale to|merg\w{1,5}", "收购|并购|合并"),
    "raise": (r"rais\w{1,3} \S{0,3}\d\S{0,9}|funding|series [a-f]|valued|valuation|financing|backs", "融资|领投|估值"),
    "list": (r"ipo|listing|files? for|to list|goes public|went public|share sale", "上市|招股"),
    "sue": (r"su(?:e|es|ed|ing)|lawsuits?|to court|class action", "起诉|诉讼|状告"),
    "fine": (r"fin(?:es|ed)|penalty|antitrust", "罚款|处罚|反垄断"),
    "lead": (r"names|appoint\w{0,4}|hir(?:es?|ed|ing)|chief executive|ceo|steps? down|boss|successor|succeeds|resign\w{0,3}", "任命|辞任|离职|出任|接任|招聘"),
    "staff": (r"lay\w{0,2}[- ]?offs?|lays off|laid off|(?:cuts?|shed\w{0,3}) (?:\S{1,9} )?(?:jobs|staff|roles)|job cuts|strikes?", "裁员|罢工"),
    "price": (r"prices?|pricing|cheaper|discount", "降价|涨价|价格"),
    "partner": (r"team\w{0,3} up|partner\w{0,5}|picks|sign\w{0,3}|licens\w{1,3} (?:its|to)|agree to|cross-licen[cs]e", "合作|签约|携手"),
    "outage": (r"outages?|offline|(?:is|was|goes|went|are|were|app) down|downtime", "宕机|崩了|故障"),
    "hole": (r"vulnerabilit\w{1,3}|flaws?|hole|cve|attack\w{0,4}|leak\w{0,3}|breach\w{0,3}|steals?|fraud\w{0,5}|hack\w{0,4}", "漏洞|攻击|泄露|诈骗"),
    "earn": (r"profits?|earn(?:s|ed|ings)|quarter\w{0,3}|revenue", "财报|净利|营收|利润"),
    "law": (r"laws?|bills?|parliament|rules?|regulat\w{1,5}|bans?|banned", "条例|法案|规定|办法"),
    "build": (r"data cent(?:re|er)s?|factory|office|campus|region|moves? to", "数据中心|工厂|园区"),
    "study": (r"study|stud(?:ies|ied)|researchers|finds?|trial|scores?|tops|survey|tested", "研究|报告|评测|调查"),
    "compare": (r"compar(?:es?|ed|ison)|rank(?:s|ed|ing)|versus|vs|best \w{1,20} of|round-?up|how (?:we|i) ", "对比|横评|盘点|榜单"),
    "review": (r"reviews?|reviewed|hands[- ]on|(?:first )?impressions|benchmarks|guide|tutorial|opinion", "实测|上手|体验|教程|点评"),
    "crash": (r"crash\w{0,3}|accident\w{0,3}|injur\w{1,3}", "事故|撞"),
    "protest": (r"protest\w{0,3}|march", "抗议"),
}  # fmt: skip
acts = finder(_ACTS)  # kinds of events that a text tells of, with the place of each
