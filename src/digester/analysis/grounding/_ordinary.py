"""Words that are no names although they may be written with a capital: general English and the field's own.

Only the form is judged: endings that English nouns, verbs and adverbs have and personal, company or product
names hardly ever do, and a closed list of short words that open sentences.
"""

from __future__ import annotations

import re

# Abbreviations of the field: words, not names of somebody's thing. Kept without a trailing plural s.
FIELD = frozenset(
    """
    AI ML NLP LLM RL RAG QA IR CTR CVR GMV ROI A/B AB API APIS GPU CPU TPU ID URL PDF HTML JSON RECSY RECSYS UI OK US EU
    UK UN CEO CTO Q1 Q2 Q3 Q4 PP VS ARXIV GITHUB CODE AM PM TV PC IT
    """.split()  # noqa: SIM905 - a list of a word a line would be longer than the rest of this package
)
_ENDING = re.compile(
    r"(?:ing|tion|sion|ment|ness|ance|ence|ity|ism|ist|ists|ers|ors|ings|tions|ments|ances|ences|ities|ly|able|ible|ful|less|ous|ive|"
    r"ical|ally|ized|ised|ated|ured|ored|ered|ied|ked|ned|ded|ted|sed|red|led|ved|ged|ced|ped|med|ays|ther|self|selves|ward|wards|wise)$"
)
_SHORT = frozenset(
    """
    across added again against ago ahead along already also although always amid among any anyone anything apart apply
    are around as ask asked at away back bad based be because become before begin behind being below best better between
    beyond big both bring brings build builds built but buy by call called calls can change changes check choice claim
    claims clear close code come comes common copy cost costs count cover create current cut cuts data day days deal
    deep despite different do does done down draw due each early easy effect either else end enough even event ever
    every everyone evidence example expect face fact facts fall fast few field figure figures file find finds first fit
    fix five follow follows for form four free fresh from full further future gain gains general get gets give given
    gives go goes good great group grow grows growth half hard has have help helps here high higher hold holds home hope
    how idea ideas if image images in index industry inside instead into issue issues items its join joint judge just
    keep keeps key kind know known labs lack large last late later launch law lead leads learn least leave less let
    level levels license light like likely limit limits line lines link links list live local long look looks low lower
    main make makes many mark market match matter may mean means measure media memory method methods might mind model
    models money month months more most move moves much music must name near need needs network neural never new news
    next nine no none nor normal not note nothing notice now number of off offline often old on once one online only
    open opens or order other others our out over own page pages paper papers part past pay people per phase place plan
    plans play point points policy post press price prices prior problem process product program proof public put query
    question quick ran range rate rates raw read reads real reason recall recent record records regret rely report
    reports rest result results right rise rises risk role rule rules run runs safe sale sales same say says scale score
    search second see seems seen sell serve served serves service set seven share shares shift ship ships short show
    shows side sign signal simple since single site six size small so social software some something soon source sources
    spend split staff stage stand stands start starts state step steps still stop store stories story strong study such
    support surface system systems table take takes talk task tasks team teams tech tell tells ten term terms test text
    than that the their them then theory there these they thing things third this those thread three through thus tie
    time times title to today together tool tools top total toward traffic train trend trends true try turn two type
    types under until up update upon us use used useful user users uses using value values version via video view views
    vote wait want warns was watch way ways we week weeks weight well went were what when where which while who whole
    why wide will win wins with within without word words work works world would write writes year years yes yet you
    your zero january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday section appendix neither nearly worth eight whoever whatever whether taken shown
    told kept sold born take weigh treat budget compare
    """.split()  # noqa: SIM905 - a list of a word a line would be longer than the rest of this package
)


def ordinary(word: str) -> bool:
    """True for a word that a sentence may open with, or a heading capitalise, without naming anything."""
    low = word.casefold()
    return low in _SHORT or (len(low) > 4 and bool(_ENDING.search(low)))
