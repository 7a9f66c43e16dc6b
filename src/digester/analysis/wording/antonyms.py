"""Opposites of general English: words that turn a claim round when one stands for the other.

Two sides between semicolons; every word left of the bar is an opposite of every word right of it. Converses (buy and
sell, ask and answer) are none: they tell the same event from its other end. What prefixes and
suffixes do (`un-`, `-less`) is `lexicon.opposite_forms`'s affair and not repeated here.
"""

OPPOSITES = """

increase rise grow raise climb surge gain boost expand soar augment enlarge | decrease fall drop decline reduce lower shrink diminish dwindle plunge cut lessen minimize curb
increase enhance improve boost strengthen maximize amplify heighten | worsen weaken hinder impair degrade undermine deteriorate diminish
improve better enhance | worsen deteriorate degrade harm hurt damage; maximize | minimize
accelerate speed quicken hasten expedite | slow decelerate delay hinder; simplify streamline ease facilitate | complicate obstruct hinder impede
help aid assist support benefit facilitate enable | hinder hamper hurt harm prevent obstruct impede oppose
enable allow permit let authorize | prevent prohibit forbid ban bar block disallow disable deny; require mandate | exempt forbid prohibit
encourage motivate urge promote foster support | discourage deter dissuade oppose hinder
support endorse back favor advocate | oppose reject resist condemn
accept approve adopt embrace welcome agree | reject refuse decline deny dismiss disapprove; agree | disagree refuse
confirm affirm acknowledge admit | deny refute contradict; prove | disprove refute; include contain incorporate | exclude omit lack
add append insert attach introduce | remove subtract delete eliminate drop detach withdraw
give provide offer supply grant | withhold deny refuse;
hire recruit employ | fire dismiss; start begin open launch commence initiate | end stop finish close cease terminate conclude halt
continue proceed persist resume | stop cease quit halt discontinue suspend
create build construct establish produce | destroy demolish abolish dismantle ruin
keep maintain preserve retain hold | discard abandon lose change drop destroy; save | waste spend lose; win succeed | lose fail; pass | fail
succeed | fail; attract | repel deter; love adore like enjoy | hate detest loathe dislike despise; trust believe | distrust doubt suspect
remember recall | forget; reveal disclose expose show uncover | hide conceal withhold; protect defend | attack endanger expose threaten
attack | defend; combine merge join unite integrate connect | separate split divide detach disconnect isolate
collect gather assemble | scatter distribute disperse; extend lengthen prolong expand | shorten reduce limit curtail; broaden widen | narrow
rise ascend | descend fall sink; arrive come enter | leave depart exit go; enter | exit leave; ;
encode | decode; encrypt | decrypt; import | export; upload | download; upgrade | downgrade
overestimate | underestimate; outperform exceed surpass beat | underperform lag trail; exceed surpass | miss undercut;
praise commend applaud | criticize condemn blame; forgive pardon | blame punish condemn; free release liberate | imprison arrest detain capture
acquit | convict; legalize | ban outlaw criminalize; strengthen reinforce fortify | weaken undermine; live survive | die perish; marry | divorce
lock | unlock; focus | ignore neglect; notice | ignore; address tackle | ignore avoid neglect; seek pursue | avoid shun
use utilize employ | avoid discard; schedule | cancel postpone; subscribe | unsubscribe; relax ease loosen | tighten toughen
good great excellent positive favorable | bad poor terrible awful negative unfavorable; better superior best | worse inferior worst
best top leading | worst bottom; superior | inferior; high | low; higher upper | lower; highest | lowest
big large huge great vast massive enormous substantial | small little tiny minor modest minimal; larger bigger greater | smaller lesser
largest biggest greatest | smallest least; major significant considerable substantial important | minor insignificant negligible trivial minimal
wide broad extensive comprehensive vast large diverse | narrow limited restricted small scarce
comprehensive complete full thorough whole entire extensive detailed | partial incomplete limited superficial minimal basic
many numerous multiple several various | few single one; more | less fewer; most | least fewest; much | little; long lengthy | short brief
longer | shorter; tall | short; thick | thin; deep | shallow; heavy | light; strong powerful robust | weak fragile feeble; stronger | weaker
fast quick rapid swift | slow sluggish; faster quicker | slower; quickly rapidly swiftly fast | slowly gradually; early earlier | late later
first initial | last final; former previous prior past | latter current present future next subsequent; before | after
previously | subsequently later; new recent modern novel latest | old ancient outdated traditional obsolete; young | old elderly
innovative novel cutting-edge advanced modern | traditional conventional outdated old obsolete
advanced sophisticated | basic primitive rudimentary simple
easy simple effortless straightforward | difficult hard challenging complex complicated tough; easily | hardly; easier simpler | harder
cheap affordable inexpensive low-cost economical | expensive costly pricey unaffordable overpriced; competitive | uncompetitive high; free | paid
flexible adjustable customizable | rigid fixed inflexible; customized personalized tailored individual | generic standard standardized
general generic broad | specific particular special; common frequent usual typical widespread | rare uncommon unusual atypical
usually often frequently always | rarely seldom never; always | never sometimes; sometimes | never always
everyone everybody all every everything each | nobody none no nothing; any some | no none; always | rarely; everywhere | nowhere
same identical similar equal | different distinct opposite unequal; similar alike | different dissimilar
true real genuine authentic actual | false fake; right correct accurate | wrong incorrect false; safe secure | dangerous unsafe risky hazardous
reliable dependable stable | unreliable unstable; healthy | sick ill unhealthy
happy glad pleased joyful delighted satisfied | sad unhappy miserable disappointed dissatisfied angry upset
interested keen eager enthusiastic willing | uninterested indifferent reluctant unwilling bored; love | hatred; optimistic | pessimistic
confident | doubtful uncertain; calm | nervous angry anxious; brave bold courageous | cowardly afraid timid; kind friendly | cruel hostile unfriendly
honest | dishonest; loyal faithful | disloyal treacherous; innocent | guilty; legal lawful | illegal unlawful; rich wealthy | poor
public open | private secret closed; external outside | internal inside; global international worldwide | local domestic regional
international foreign | domestic; national federal | local state; formal | informal; official | unofficial; permanent lasting | temporary
mandatory compulsory required obligatory | optional voluntary; necessary essential needed required | unnecessary optional needless
active | passive inactive; positive | negative; manual | automatic automated; automatically | manually; automated automatic | manual; online | offline
remote | local; synchronous | asynchronous; supervised | unsupervised; parametric | nonparametric; linear | nonlinear
deterministic | stochastic random; discrete | continuous; sparse | dense; static | dynamic; local | global; explicit | implicit
explicitly | implicitly; direct | indirect; directly | indirectly; forward | backward; upward | downward; upstream | downstream; input | output
source | target; training | testing; offline | online; single | multiple double many; low-dimensional | high-dimensional; homogeneous | heterogeneous
symmetric | asymmetric; theoretical | practical empirical; theoretically | practically empirically; qualitative | quantitative
qualitatively | quantitatively; absolute | relative; maximum max | minimum min; unlimited | limited; full | empty partial; empty | full
open | closed shut; hot warm | cold cool; wet | dry; dark | light bright; clean | dirty; loud | quiet; hard | soft easy; rough | smooth
present | absent; alive living | dead; male | female; man | woman; men | women; boy | girl; husband | wife; father | mother; son | daughter
brother | sister; king | queen; lord | lady; uncle | aunt; he his him himself | she her hers herself; friend ally | enemy foe adversary
buyer purchaser customer client | seller vendor; teacher | student pupil; employer | employee; winner | loser; victim | attacker perpetrator
plaintiff | defendant; majority | minority; advantage benefit strength upside | disadvantage drawback weakness downside; benefit | harm drawback
success achievement victory | failure defeat; victory win | defeat loss; profit gain | loss
increase rise growth gain expansion | decrease decline reduction drop fall loss contraction; improvement | deterioration decline; supply | demand
 beginning start | end; war | peace; love | hate; hope | despair
joy happiness | sorrow sadness grief; life birth | death; truth | lie falsehood; strength | weakness; presence | absence; ability | inability
approval acceptance | disapproval rejection refusal; agreement | disagreement; support | opposition; income revenue | expense; entrance | exit
day | night; morning | evening night; summer | winter; north northern | south southern; east eastern | west western; left | right; top | bottom
front | back rear; above over | below under beneath; up | down; upper | lower; inside in | outside out; within | outside; with | without
near close | far distant; for | against; into | out; on | off; pre | post; pro | anti; annual annually yearly | monthly weekly daily quarterly
monthly | weekly daily annually yearly; weekly | daily monthly; daily | hourly weekly; yesterday | tomorrow today; today | tomorrow yesterday
past | future; together jointly | separately individually alone apart; simultaneously | sequentially separately; only solely exclusively | also
completely fully entirely totally | partially partly barely; significantly substantially considerably greatly markedly | slightly marginally barely
slightly marginally | significantly greatly considerably; efficiently effectively | inefficiently ineffectively; successfully | unsuccessfully
mainly mostly primarily largely | barely hardly rarely; nearly almost | hardly exactly; exactly precisely | approximately roughly
hardly barely scarcely | fully easily always; despite | because; unless | if; although | because; can could | cannot; will | won't
should must | may might need; must | may can
"""
# Sets of which one thing is only one: who is a brother is no father, what falls on Monday not on Friday.
ALTERNATIVES = """
father mother brother sister son daughter husband wife uncle aunt cousin nephew niece grandfather grandmother grandson granddaughter
king queen prince princess duke duchess emperor; monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december; spring summer autumn winter
morning afternoon evening night midnight noon; red orange yellow green blue purple pink brown black white grey gray gold silver bronze
second minute hour day week month quarter year decade century; hourly daily weekly monthly quarterly yearly annual
north south east west; urban rural suburban; wood wooden metal steel iron plastic glass paper rubber stone leather cotton
breakfast lunch dinner supper; bicycle car bus train plane ship boat truck; physics chemistry biology mathematics history geography
piano guitar violin drum flute trumpet; football basketball baseball tennis golf hockey cricket rugby; cat dog horse cow pig sheep bird fish
breast lung skin brain liver kidney heart stomach; doctor nurse teacher lawyer engineer farmer soldier priest
image audio video text speech; visual auditory tactile; laugh weep cry smile
mayor governor senator president minister secretary judge; state federal municipal; primary secondary
english french german spanish italian chinese japanese korean russian arabic portuguese dutch; human animal monkey mouse rat
train validation test; encoder decoder; precision recall accuracy; supervised unsupervised reinforcement; small medium large
convolutional recurrent; dollar euro pound yen; mile kilometer meter foot inch; republican democrat; senate house; buyer seller; employer employee
"""
