"""One source of each kind of writing: what may be said of it, and what may not. The texts are made up."""

import pytest

from digester.analysis.wording import findings, supported

NEWS = (
    "Police in the coastal town of Arlen arrested three men on Tuesday after a fire destroyed a fish market, "
    "officials said. The blaze broke out shortly after midnight and spread to two neighbouring warehouses. Nobody"
    " was injured, but around 40 traders lost their stalls. Mayor Clara Whitfield said the council would pay for "
    'temporary stalls within two weeks. "We will not let these families down," she told reporters. The suspects, '
    "aged between 19 and 27, deny starting the fire. Insurance companies estimate the damage at 2.4 million "
    "euros. The market was built in 1931 and had been due to close next year for repairs."
)
BILL = (
    "SECTION 1. SHORT TITLE. This Act may be cited as the Rural Broadband Access Act. SECTION 2. The Secretary of"
    " Commerce shall establish a grant program to assist States in building broadband networks in rural areas. "
    "Grants may not exceed $5,000,000 for any State in a fiscal year. To be eligible, a State shall submit an "
    "application that contains a plan for service to households with an income below the poverty line. The "
    "Secretary shall give priority to States in which fewer than 60 percent of households have access. There are "
    "authorized to be appropriated $120,000,000 for each of fiscal years 2020 through 2024. Not later than 2 "
    "years after the date of enactment, the Comptroller General shall report to Congress on the effectiveness of "
    "the program."
)
TALK = (
    "Host: Welcome back. Today I'm talking with Lena Fischer, who runs a bakery in Leipzig that only uses old "
    "grain. Lena, how did you start? Lena: Honestly, by accident. I was a software tester, and I hated it. My "
    "grandmother gave me her sourdough, and I began to bake at night. Host: And then you quit your job? Lena: Not"
    " at once. I worked two jobs for eighteen months. The bank refused me a loan twice, so friends lent me twelve"
    " thousand euros. Host: What's the hardest part? Lena: Sleep. We get up at two in the morning. And flour "
    "prices doubled last year, yet we didn't raise our prices. Host: Would you do it again? Lena: Absolutely. "
    "I've never regretted it."
)
PLAY = (
    "LORD ALDERIC. What news, good Corvin? Speak, and spare me not. CORVIN. My lord, thy brother Edmer is dead, "
    "slain by the Duke's own hand upon the bridge. LORD ALDERIC. Slain? O heavy hour! He was to wed the lady "
    "Isolde ere the moon was full. CORVIN. She weeps, and hath locked herself within the tower. The Duke doth say"
    " that Edmer drew first. LORD ALDERIC. He lies! My brother never drew in anger. Fetch me my sword; I'll have "
    "revenge ere dawn. CORVIN. My lord, be patient. The Duke hath forty men about him. LORD ALDERIC. Patience is "
    "a coward's cloak. Go, tell Isolde that Alderic comes."
)
MEETING = (
    "Project Manager: Okay, let's start. Industrial Designer: I'd like the remote control to have a rubber case, "
    "because it feels warm and doesn't break. Marketing: Our survey says that 75 percent of users find most "
    "remotes ugly, and that they'd pay more for a nice one. User Interface: I suggest we drop the number buttons "
    "and keep only the volume and channel keys. Project Manager: The budget is 12.5 euros per unit, so no LCD "
    "screen, sorry. Industrial Designer: A kinetic battery would cost too much as well; let's take a normal one. "
    "Marketing: What about speech recognition? User Interface: It's interesting but it isn't ready. Project "
    "Manager: Then we decide: rubber case, normal battery, no screen. Please prepare the prototype for the next "
    "meeting on Thursday."
)
CALL = (
    "Operator: Good morning and welcome to the second quarter call of Halden Foods. CFO: Thank you. Net revenue "
    "was $812 million, up 6 percent from a year ago, driven by frozen vegetables. Gross margin fell 120 basis "
    "points to 31.4 percent because freight and packaging costs rose. We repurchased 1.1 million shares. For the "
    "full year we now expect revenue growth of 4 to 5 percent, compared with our earlier outlook of 3 percent. "
    "Capital spending will be about $90 million, mostly for the new plant in Ohio, which opens in March. We do "
    "not plan any acquisitions this year."
)
CHAT = (
    "Mia: Are you coming to Jonas's party on Saturday? Ben: I can't, I have to work until ten. Mia: What a pity! "
    "Everyone will be there, even Sophie. Ben: Sophie? I thought she was in Madrid. Mia: She came back last week,"
    " she didn't like the internship. Ben: Hm, maybe I can ask Paul to take over my shift. Mia: Do it! I'll bring"
    " the chocolate cake you love. Ben: OK, I'll call him tonight. What are you giving Jonas? Mia: A book about "
    "sailing. We could buy it together, it's 30 euros."
)
STUDY = (
    "Honeybees that were fed caffeine visited feeders more often than bees fed sugar alone, according to a study "
    "of 24 hives by researchers at the University of Sund. The effect lasted three days. Caffeinated bees also "
    "performed four times as many waggle dances, leading nestmates to poorer food sources. The authors warn that "
    "plants may use caffeine to manipulate pollinators. The experiment was carried out in fields, not in a "
    "laboratory. No increase in mortality was observed. The team plans to test nicotine next."
)


@pytest.mark.parametrize(
    ("source", "statement"),
    [
        (NEWS, "Three men were detained in Arlen following a fire that ruined a fish market."),
        (
            NEWS,
            "Authorities say the blaze began just after midnight and reached two nearby warehouses, with no injuries reported.",
        ),
        (NEWS, "The mayor promised that the council will fund temporary stalls in two weeks."),
        (NEWS, "About 40 traders had their stalls destroyed; damage is put at 2.4 million euros."),
        (
            NEWS,
            "The suspects deny having started the blaze, and the market, built in 1931, was to be repaired next year.",
        ),
        (
            BILL,
            "The Rural Broadband Access Act directs the Secretary of Commerce to set up a grant program that helps States build broadband networks in rural areas.",
        ),
        (BILL, "A State cannot receive more than $5,000,000 in a fiscal year."),
        (BILL, "States must file an application with a plan to serve low-income households."),
        (BILL, "States where under 60 percent of households have access get priority."),
        (
            BILL,
            "The bill authorizes $120,000,000 annually from 2020 to 2024 and requires a report to Congress within two years.",
        ),
        (TALK, "Lena Fischer runs a Leipzig bakery that uses old grain exclusively."),
        (TALK, "She was formerly a software tester and disliked the job."),
        (TALK, "Her grandmother's sourdough got her started, and for eighteen months she held two jobs."),
        (TALK, "After the bank declined her loan application twice, she borrowed twelve thousand euros from friends."),
        (TALK, "Flour prices doubled last year but the bakery kept its prices."),
        (PLAY, "Corvin tells Lord Alderic that his brother Edmer has been killed by the Duke."),
        (PLAY, "Alderic is grieved and vows revenge against the Duke before dawn."),
        (PLAY, "Isolde, whom Edmer was going to marry, weeps and has shut herself in the tower."),
        (PLAY, "Corvin urges Alderic to be patient because the Duke has forty men."),
        (
            MEETING,
            "The Industrial Designer proposed a rubber case for the remote control since it feels warm and is hard to break.",
        ),
        (
            MEETING,
            "According to the survey, 75 percent of users consider most remotes ugly and would pay more for a nice one.",
        ),
        (
            MEETING,
            "The User Interface designer recommended removing the number buttons and keeping just the volume and channel keys.",
        ),
        (MEETING, "An LCD screen was ruled out because of the budget of 12.5 euros per unit."),
        (
            MEETING,
            "The group decided on a rubber case and a normal battery without a screen, with a prototype due at Thursday's meeting.",
        ),
        (MEETING, "Speech recognition was judged interesting but not ready."),
        (CALL, "Halden Foods' second-quarter net revenue rose 6 percent to $812 million thanks to frozen vegetables."),
        (CALL, "Gross margin declined by 120 basis points owing to higher freight and packaging expenses."),
        (CALL, "The company lifted its full-year revenue growth outlook from 3 percent to between 4 and 5 percent."),
        (CALL, "Capital expenditure of roughly $90 million will mainly go to a new Ohio plant opening in March."),
        (CALL, "No acquisitions are planned this year, and 1.1 million shares were bought back."),
        (CHAT, "Sophie returned from Madrid last week since she did not enjoy her internship."),
        (CHAT, "Ben will ask Paul to cover his shift."),
        (CHAT, "Mia will bring a chocolate cake and suggests that they share the cost of a sailing book for Jonas."),
        (CHAT, "Ben is going to phone Paul tonight."),
        (
            STUDY,
            "Bees given caffeine returned to feeders more frequently than those given only sugar, researchers at the University of Sund found.",
        ),
        (STUDY, "The effect persisted for three days, and bees danced four times as much."),
        (STUDY, "Plants might employ caffeine to manipulate pollinators, the authors caution."),
        (STUDY, "The experiment took place in the field rather than a laboratory, and mortality did not rise."),
        (STUDY, "Next, the researchers intend to examine nicotine."),
    ],
)
def test_what_a_source_says_in_other_words_is_supported(source: str, statement: str) -> None:
    assert supported(statement, source), findings(statement, source)


@pytest.mark.parametrize(
    ("source", "statement", "kind"),
    [
        (NEWS, "Three women were detained in Arlen following a fire that ruined a fish market.", "antonym"),
        (NEWS, "Authorities say the blaze began just before midnight and reached two nearby warehouses.", "comparison"),
        (NEWS, "The mayor refused to fund temporary stalls.", "negation"),
        (NEWS, "About 40 traders had their stalls destroyed; damage is put at 4.2 million euros.", "number"),
        (NEWS, "The suspects admit having started the blaze.", "antonym"),
        (NEWS, "The fire destroyed a flower market in Arlen.", "substitution"),
        (NEWS, "The council would pay for permanent stalls within two weeks.", "antonym"),
        (
            NEWS,
            "Mayor Clara Whitfield said the government would pay for stalls, although the insurers objected to her plan.",
            "contrast",
        ),
        (
            BILL,
            "The Rural Broadband Access Act directs the Secretary of Labor to set up a grant program that helps States build broadband networks in rural areas.",
            "name",
        ),
        (BILL, "The Act prohibits the Secretary from establishing a grant program for rural areas.", "negation"),
        (BILL, "The program helps States build broadband networks in urban areas.", "antonym"),
        (BILL, "States where over 60 percent of households have access get priority.", "comparison"),
        (BILL, "The bill authorizes $150,000,000 annually from 2020 to 2024.", "number"),
        (BILL, "The Comptroller General shall report to the President on the effectiveness of the program.", "antonym"),
        (
            BILL,
            "The Secretary shall make loans to assist private companies and universities in building networks.",
            "insertion",
        ),
        (TALK, "Lena Fischer runs a Dresden bakery that uses old grain.", "name"),
        (TALK, "She was formerly a software tester and loved the job.", "antonym"),
        (TALK, "Her grandfather's sourdough got her started.", "antonym"),
        (TALK, "The bank granted her a loan twice.", "antonym"),
        (TALK, "Flour prices halved last year, yet they didn't raise their prices.", "number"),
        (TALK, "She regrets opening the bakery.", "negation"),
        (TALK, "They get up at four in the morning.", "number"),
        (TALK, "Lena borrowed twenty thousand euros from friends.", "number"),
        (PLAY, "Corvin tells Lord Alderic that his father Edmer has been killed by the Duke.", "antonym"),
        (PLAY, "Edmer has killed the Duke upon the bridge.", "role"),
        (PLAY, "Isolde laughs and has locked herself within the tower.", "antonym"),
        (PLAY, "The Duke has ninety men about him.", "number"),
        (PLAY, "Alderic tells Rosalind that he comes.", "name"),
        (PLAY, "Alderic believes that his brother drew first and refuses revenge.", "negation"),
        (MEETING, "The Industrial Designer proposed a wooden case for the remote control.", "antonym"),
        (MEETING, "According to the survey, 57 percent of users consider most remotes ugly.", "number"),
        (MEETING, "The User Interface designer recommended adding number buttons.", "antonym"),
        (MEETING, "The group decided on a kinetic battery and an LCD screen.", "negation"),
        (MEETING, "Speech recognition was judged ready.", "negation"),
        (MEETING, "Users would pay less for a nice remote.", "comparison"),
        (MEETING, "The prototype is due at Monday's meeting.", "antonym"),
        (CALL, "Halden Foods' second-quarter net revenue fell 6 percent to $812 million.", "antonym"),
        (CALL, "The company cut its full-year revenue growth outlook from 3 percent.", "binding"),
        (CALL, "Capital spending will go to the new plant in Texas.", "name"),
        (CALL, "The company plans two acquisitions this year.", "negation"),
        (CALL, "Halden Foods repurchased 11 million shares.", "number"),
        (CHAT, "Sophie returned from Lisbon last week.", "name"),
        (CHAT, "Sophie enjoyed the internship in Madrid.", "negation"),
        (CHAT, "Mia will bring a cheese cake.", "substitution"),
        (CHAT, "The book about sailing costs 13 euros.", "number"),
        (CHAT, "Ben has to work on Sunday.", "name"),
        (CHAT, "Mia will not bring the cake.", "negation"),
        (CHAT, "Jonas's party is on Friday.", "antonym"),
        (STUDY, "Bees given caffeine visited feeders less often than bees fed sugar.", "comparison"),
        (STUDY, "The effect lasted three weeks.", "number"),
        (STUDY, "An increase in mortality was observed.", "negation"),
        (STUDY, "The team plans to test alcohol next.", "substitution"),
        (STUDY, "The study was done by researchers at the University of Bergen.", "name"),
        (STUDY, "The study of 42 hives shows that caffeine affects bees.", "number"),
        (STUDY, "Caffeinated bees led nestmates to richer food sources.", "antonym"),
    ],
)
def test_what_a_source_does_not_say_is_refused(source: str, statement: str, kind: str) -> None:
    assert kind in {f.kind for f in findings(statement, source)}
    assert not supported(statement, source)
