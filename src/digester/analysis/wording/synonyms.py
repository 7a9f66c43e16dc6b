"""General English words that may stand for one another, by word class: what a paraphrase is allowed to change.

One group between semicolons; a word may stand in several. The words are base forms: `words.root` folds the rest.
Names, technical terms and things one can count or buy are left out on purpose: to change one is to change
the claim. The groups are the project's own and small; a word that is missing costs a finding, not a check.
"""

VERBS = """
say state tell mention note remark declare announce assert claim express report comment observe
explain clarify describe illustrate elaborate detail outline explicate depict portray characterize narrate recount
discuss debate talk converse deliberate address cover consider examine explore; speak talk converse chat communicate
ask inquire enquire question query request; request ask demand seek solicit call; answer reply respond react retort
offer provide give supply present deliver furnish extend propose grant afford
propose suggest recommend advise advocate put offer present pitch introduce; suggest imply indicate hint signal
show demonstrate display exhibit illustrate reveal indicate prove present evidence manifest; reveal disclose expose uncover unveil divulge
announce declare proclaim unveil reveal publicize; present introduce showcase feature display exhibit unveil
introduce present unveil launch bring debut; emphasize stress highlight underline underscore accentuate accent
call phone telephone ring contact reach; contact approach reach message; call name term label dub title
send email mail dispatch transmit forward deliver; receive get obtain acquire gain accept collect secure
get obtain acquire gain procure secure attain fetch receive; have possess own hold contain include retain
include contain comprise encompass incorporate involve embrace cover feature; consist comprise compose constitute
involve entail require include encompass; keep retain maintain preserve hold sustain conserve; keep continue proceed persist remain
continue proceed resume persist carry extend prolong; remain stay continue linger; use utilize employ apply leverage exploit harness adopt
adopt embrace accept take; apply employ use implement; implement execute perform deploy realize enact apply
perform conduct execute accomplish undertake run carry; do perform execute accomplish; complete finish conclude end finalize accomplish wrap
end finish conclude terminate close cease; stop halt cease discontinue end quit suspend
prevent avoid avert prohibit stop block hinder thwart forestall preclude; prohibit ban forbid bar outlaw disallow
hinder impede obstruct hamper inhibit block; avoid evade circumvent bypass escape sidestep dodge; begin start commence initiate launch open
start begin launch initiate establish found commence embark
create make produce build construct form generate develop craft fashion establish design forge devise
design devise develop plan formulate create engineer conceive construct; develop build create evolve grow formulate advance
build construct assemble erect; establish found form create institute set; produce make manufacture generate yield create
yield produce give deliver provide generate; cause produce induce provoke trigger prompt lead bring result; result ensue follow arise stem
lead guide direct head steer conduct; guide steer direct assist; manage handle run administer oversee supervise control direct
handle tackle manage address treat cope deal; tackle address handle confront approach; solve resolve address settle tackle fix
fix repair mend correct rectify remedy restore; change alter modify adjust transform vary shift adapt revise convert
modify alter change amend revise adjust edit; adapt adjust tailor customize modify accommodate; customize tailor personalize adapt
convert transform turn change; replace substitute swap exchange supplant; exchange swap trade
improve enhance better boost upgrade refine advance elevate strengthen optimize
enhance boost improve increase augment amplify heighten elevate enrich raise bolster maximize; boost increase raise enhance bolster lift
strengthen reinforce bolster fortify consolidate; increase raise boost grow expand enlarge augment escalate rise magnify amplify multiply
rise increase climb grow surge soar ascend; grow expand increase develop flourish; expand broaden extend widen enlarge grow
extend prolong lengthen stretch expand; accelerate expedite hasten speed quicken; simplify streamline ease facilitate
optimize streamline maximize improve; facilitate enable ease help assist aid promote simplify; enable allow permit let empower facilitate
allow permit let enable authorize; authorize permit approve allow sanction license; help assist aid support benefit serve facilitate contribute
support back assist help aid endorse sustain uphold bolster; endorse support back approve; promote advance encourage foster advertise further boost
encourage urge motivate prompt inspire foster invite; urge press exhort encourage implore; advertise market promote publicize
persuade convince induce sway coax; convince persuade assure satisfy; assure guarantee ensure promise reassure; ensure guarantee assure secure
guarantee warrant pledge ensure promise; promise pledge vow swear commit
reduce decrease lower cut diminish lessen minimize curb shrink decline curtail alleviate trim mitigate drop
decrease decline fall drop reduce diminish shrink dwindle; minimize reduce lessen limit curtail; limit restrict constrain confine cap curb
mitigate alleviate reduce ease lessen relieve; ease relieve alleviate soothe; remove eliminate delete erase discard eradicate withdraw drop exclude
eliminate eradicate remove abolish; discard reject dump scrap drop ignore disregard; ignore disregard neglect overlook; exclude omit bar leave
omit exclude skip; save preserve rescue conserve; save economize; protect safeguard shield defend guard secure preserve; defend protect justify guard
attack assault strike raid; kill slay murder assassinate; die perish decease; hurt harm injure wound damage; damage harm impair ruin
destroy ruin demolish wreck devastate; arrest detain apprehend capture; capture seize catch grab; capture record grasp; grab seize snatch
accuse charge blame allege; charge bill; accept agree approve embrace acknowledge; agree consent concur accept assent; agree decide settle
approve endorse ratify sanction authorize pass; pass enact approve; confirm verify validate affirm corroborate substantiate
verify check validate confirm test; check inspect examine verify review
examine inspect study investigate analyze explore scrutinize review research probe; analyze examine study evaluate assess investigate
evaluate assess gauge appraise judge measure test; assess evaluate estimate gauge review; test evaluate try examine; measure quantify gauge assess
estimate approximate calculate assess predict; calculate compute determine; predict forecast anticipate foresee project estimate
anticipate expect foresee predict await; determine ascertain establish decide identify discover
identify recognize detect pinpoint discover find determine distinguish; detect identify discover spot notice; discover find uncover detect learn
find discover locate identify detect; find observe conclude; observe notice see watch witness note; see view observe perceive witness
view regard see consider; consider contemplate regard deem ponder think; think believe feel suppose reckon; believe think hold feel trust maintain
claim assert argue contend maintain allege; argue contend claim maintain assert reason; understand comprehend grasp realize
realize understand recognize; know understand; learn discover study acquire; teach instruct educate train; train teach coach prepare
prepare ready arrange; inform notify tell advise alert apprise; warn caution alert; remind recall; remember recall recollect
decide determine resolve choose opt; choose select pick opt elect; prefer favor; wish want hope desire; hope wish aspire
require need demand necessitate mandate; demand require insist claim; try attempt endeavor seek strive aim; aim intend seek target plan strive
intend plan mean aim propose; seek pursue attempt search look; plan intend arrange schedule design; schedule arrange plan book set
arrange organize schedule coordinate plan; organize arrange coordinate structure; coordinate organize harmonize; arrange sort order
combine merge integrate unite unify join blend incorporate fuse mix couple; integrate incorporate combine merge embed
incorporate include integrate embed; join unite enter connect; connect link join associate relate; link connect relate associate tie
relate connect pertain associate; separate divide split detach; divide split separate partition; share distribute divide
distribute spread allocate share disperse; allocate assign distribute; assign allocate appoint designate; appoint name designate nominate
achieve attain accomplish reach realize obtain gain; reach attain achieve arrive; arrive come reach; come arrive approach; go travel proceed move
travel journey; move shift relocate transfer; leave depart exit quit; return revert; visit attend; meet encounter gather
gather collect assemble accumulate; collect gather accumulate compile; compile collect assemble; visit tour; follow pursue track
track monitor trace follow; monitor track watch observe supervise; outperform surpass exceed beat outdo overtake; exceed surpass top outstrip
defeat beat overcome conquer vanquish; win triumph; compete contend vie; compare contrast; match equal correspond; correspond match relate
fit suit match; base ground predicate found rely depend build; depend rely hinge; rely depend count; trust rely; contribute add help
add append include attach supplement; attach connect append; supplement augment complement; fill complete; buy purchase acquire; sell vend market
pay compensate remunerate reimburse; spend expend; invest fund; fund finance sponsor; cost price charge; earn gain make; order request book
order command direct instruct; hire employ recruit engage; fire dismiss; engage involve participate; participate engage join
interact engage communicate; attract draw lure; entice attract lure tempt; invite request; welcome greet; appreciate value thank
value appreciate prize treasure; praise commend applaud laud; criticize condemn denounce; complain protest; apologize regret
express voice convey communicate; convey communicate express transmit; summarize outline recap; highlight emphasize feature; focus concentrate center
specialize focus; serve assist cater; cater serve accommodate; address speak; cover include address; expect require; face confront encounter
experience undergo encounter; endure suffer tolerate bear; occur happen arise; arise emerge occur; emerge arise appear surface; appear seem emerge
look seem appear; become turn grow; form shape constitute; represent depict symbolize; represent constitute denote; model simulate represent
simulate imitate mimic emulate; imitate copy mimic; copy replicate duplicate; replicate reproduce duplicate; infer deduce derive conclude
derive obtain infer; write compose author pen draft; release publish launch issue; read peruse; play perform; force compel oblige
influence affect impact shape sway; struggle strive; operate run function work; lack miss; miss overlook; lose forfeit; abandon desert forsake
reject refuse decline dismiss; deny refute reject; doubt question; fear dread; love adore; enjoy relish like; hate detest loathe
surprise astonish amaze shock; worry concern trouble; upset distress; mourn lament grieve; kill slaughter; hide conceal; deceive trick mislead
cheat deceive; marry wed; plead beg implore; lament mourn bemoan; admit confess acknowledge concede; acknowledge recognize admit; award grant bestow
grant award give; entitle qualify; repeal revoke rescind; revoke cancel rescind; cancel abort revoke; postpone delay defer; mandate require order
direct instruct require; set establish fix; specify define stipulate; define specify describe; regulate control govern; govern rule
control regulate manage; enforce impose; impose levy; learn train; encode represent; tune adjust; equip furnish supply; drive propel push; push press
pull draw; host hold; last endure continue; wait await; sign enroll register subscribe; subscribe join; reassure comfort assure; comfort console
unlock open; bridge connect; transform revolutionize change; underlie support; reserve book; highlight mention; touch mention; tout promote praise
convene meet; respect honor; punish penalize discipline; forgive pardon excuse; imprison jail incarcerate; sentence condemn; convict condemn
sue prosecute; testify attest; flee escape run; chase pursue hunt; rescue save free; free release liberate; release free discharge; banish exile expel
expel eject oust remove; oust remove depose; overthrow topple oust; invade occupy; occupy seize; surrender yield capitulate
threaten menace intimidate; frighten scare terrify alarm; anger enrage infuriate; please delight satisfy; satisfy please meet fulfill
fulfill satisfy meet accomplish; disappoint dishearten; amuse entertain; annoy irritate bother; bother annoy disturb; disturb upset trouble
confuse puzzle bewilder perplex; embarrass humiliate shame; insult offend; mock ridicule deride; scold rebuke reprimand; rebuke scold chide
blame fault accuse; curse damn; bless consecrate; pray beseech; kneel bow; weep cry sob; cry weep shout; shout yell scream; whisper murmur
laugh chuckle; smile grin; dream imagine envision; imagine envision picture conceive; envision imagine foresee; hesitate waver; dare venture
gamble bet wager; compete rival; fight battle combat; quarrel argue dispute; dispute contest challenge; challenge dispute question; negotiate bargain
compromise; reconcile; mediate; vote ballot; nominate propose; campaign; debate argue; reign rule; lead head command; chair preside; resign quit
retire; step; replace succeed; succeed follow; inherit; donate contribute give; lend loan; borrow; owe; repay; refund reimburse; rent lease hire
share split; trade exchange deal; export ship; import; ship send deliver; transport carry convey; carry transport bear; drive steer; fly; sail
fall drop tumble; slip slide; crash collide; explode burst; burn scorch; flood inundate; freeze; melt; boil; cook prepare; eat consume; drink consume
sleep rest; rest relax; wake awaken; dress clothe; wear; wash clean; clean cleanse; paint; draw sketch; sing chant; dance; film shoot record
record tape log; broadcast air transmit; stream broadcast; print publish; translate interpret; interpret explain construe
cite quote reference mention; reference cite refer; refer allude mention; allude refer hint; list enumerate itemize; count tally; total sum; average
rate rank grade; grade mark; score; label tag mark; classify categorize sort group; group cluster; filter screen; scan; look search gaze; stare gaze
glance look; touch feel; smell; taste; listen hear; sound; knock; hit strike beat; kick; throw toss hurl; hang suspend; bend curve; twist turn
rotate spin turn; roll; shake tremble; break shatter smash; tear rip; cut slice; dig; bury inter; plant sow; harvest reap; water; feed nourish; breed
milk; treat cure heal; diagnose identify; prescribe; vaccinate immunize; infect contaminate; disseminate distribute spread; circulate spread; leak
pollute contaminate; recycle reuse; exhaust deplete; consume use; waste squander; spare save; stress strain; exercise; practice rehearse train
graduate; tutor teach; mentor guide coach; advise counsel; confer consult discuss; interview question; survey poll; sample; experiment test
protest demonstrate object; object protest oppose; oppose resist object; resist oppose withstand; rebel revolt; obey comply follow
comply obey adhere conform; adhere stick comply; violate breach break; commit perpetrate; steal rob thieve; smuggle; bribe; forge counterfeit; betray
conspire plot scheme; plot conspire plan; poison; stab; drown; execute kill; rank order; bias; condition; initialize; parameterize; extrapolate
interpolate; aggregate combine pool; decompose factor; factorize decompose; propagate spread; regularize; converge; diverge; correlate relate
map match; insert add embed; retrieve fetch recover; recover retrieve regain restore; store save keep; load; sync; automate; digitize; visualize
configure set; install set; deploy install launch; maintain service; debug; oversee supervise monitor; audit review inspect
"""
ADJECTIVES = """
good great fine favorable positive; excellent outstanding exceptional superb superior remarkable great fantastic wonderful amazing extraordinary
superior better higher finer; best top finest leading optimal; optimal best ideal; high-quality premium superior high-end top-quality quality
bad poor inferior; terrible awful dreadful horrible; big large huge great major; large big substantial sizable considerable great
huge enormous massive immense vast gigantic; vast extensive immense enormous wide huge; wide broad extensive vast comprehensive diverse
broad wide extensive general; extensive comprehensive broad wide thorough vast large
comprehensive complete thorough extensive full all-encompassing exhaustive all-inclusive; complete full entire total whole comprehensive
total entire overall complete; thorough detailed comprehensive complete in-depth rigorous meticulous
detailed thorough in-depth comprehensive elaborate; small little tiny minor compact; tiny minute small; slight small minor modest
major significant main important substantial key; main primary principal chief major key central; key crucial essential important main critical vital
important significant crucial essential vital key critical major notable; significant considerable substantial important notable major meaningful
crucial critical vital essential pivotal important; essential necessary vital crucial fundamental indispensable; necessary essential required needed
fundamental basic essential; basic fundamental elementary simple; simple easy straightforward basic plain; easy simple effortless straightforward
difficult hard challenging tough demanding; complex complicated intricate sophisticated; fast quick rapid speedy swift
quick fast rapid swift prompt brief; prompt quick immediate timely; immediate instant prompt; slow sluggish; new novel fresh innovative recent latest
novel new original innovative; innovative novel creative inventive original groundbreaking pioneering cutting-edge advanced
advanced sophisticated cutting-edge modern state-of-the-art next-generation innovative; modern contemporary current advanced
current present existing contemporary ongoing; latest newest recent; previous prior earlier former past preceding; former previous earlier past first
following subsequent next later; initial first early; final last ultimate; old ancient elderly aged
different diverse various distinct varied alternative; various diverse different several multiple varied numerous many
distinct different separate unique; unique distinctive exclusive singular special one-of-a-kind; special unique particular exclusive
specific particular certain precise; certain sure particular; sure certain confident; same identical; similar comparable alike analogous
many numerous multiple several various countless; few several; additional extra further more supplementary added other
sufficient enough adequate ample; plentiful abundant ample; common widespread prevalent frequent; popular famous well-known
famous renowned celebrated well-known; typical usual common standard; usual normal typical customary; normal ordinary usual regular
regular usual normal standard; standard conventional typical normal; conventional traditional standard; traditional conventional classic
general overall broad; overall general total; accurate precise exact correct; correct right accurate
effective efficient successful productive powerful; successful effective prosperous; powerful strong potent mighty robust
strong powerful robust solid sturdy; robust strong resilient sturdy reliable; reliable dependable trustworthy consistent
consistent steady stable uniform; flexible adaptable versatile adjustable
customizable adaptable flexible adjustable tailored customized personalized bespoke; personalized customized tailored individualized bespoke
tailored customized personalized custom; useful helpful beneficial valuable handy; helpful useful beneficial supportive
beneficial advantageous helpful useful favorable; valuable useful precious worthwhile; profitable lucrative; competitive affordable reasonable
affordable inexpensive cheap reasonable low-cost economical budget-friendly cost-effective; expensive costly pricey; free complimentary gratis
available accessible obtainable; possible potential feasible; potential possible prospective; likely probable; clear obvious evident plain apparent
safe secure protected; dangerous hazardous perilous risky; hard solid; automatic automated; real true genuine actual; genuine authentic real
honest truthful sincere; false untrue; interested keen curious eager; eager keen enthusiastic; enthusiastic eager passionate excited
excited thrilled enthusiastic; happy glad pleased delighted joyful content; pleased happy satisfied; satisfied content pleased
sad unhappy sorrowful melancholy; angry furious irate mad enraged; afraid scared frightened fearful; worried concerned anxious
anxious worried nervous; proud pleased; brave courageous valiant bold; bold daring brave; wise prudent sensible; smart intelligent clever
skilled expert experienced proficient; experienced skilled seasoned; famous notable; remarkable notable impressive
interesting intriguing fascinating compelling; beautiful lovely gorgeous attractive; attractive appealing; strange odd weird unusual peculiar
unusual rare uncommon; secret hidden covert; hidden concealed; public open; personal individual private; individual personal single; single sole one
sole only single; joint shared mutual; international global worldwide; local regional; national nationwide federal; legal lawful; illegal unlawful
guilty culpable; innocent blameless; formal official; yearly annual; daily everyday; weekly; ongoing continuous current; continuous constant ongoing
permanent lasting; temporary provisional interim; brief short concise; long lengthy extended; deep profound; high elevated; low reduced
limited restricted; strict rigorous stringent; severe serious harsh grave; related relevant associated; relevant pertinent applicable related
suitable appropriate fitting apt; appropriate suitable proper fitting; perfect ideal flawless; seamless smooth; user-friendly intuitive easy-to-use
hands-on practical; practical pragmatic; theoretical conceptual; empirical experimental; numerical quantitative; generic general; unknown unfamiliar
ambiguous unclear vague; environmentally-friendly eco-friendly sustainable green; time-sensitive urgent limited-time; urgent pressing
unlimited limitless; inherent intrinsic; external outside outer; internal inner; dead deceased; wealthy rich affluent; poor impoverished
young youthful; large-scale extensive; eligible qualified; constant fixed unchanging invariable invariant steady
flexible pliant malleable elastic adaptable; angry cross bitter; cruel brutal savage merciless harsh; gentle mild soft tender; noble honorable worthy
royal regal; evil wicked vile sinister; holy sacred divine blessed; mad insane crazy; foolish silly stupid unwise; lonely alone isolated solitary
sick ill unwell ailing; healthy fit well; tired weary exhausted fatigued; calm peaceful quiet tranquil serene; loud noisy; silent quiet mute
busy occupied engaged; empty vacant void; crowded packed; broken damaged faulty defective; dirty filthy; clean pure spotless; bright brilliant radiant
dark dim gloomy; heavy weighty; lightweight light portable; durable sturdy tough long-lasting; sharp keen acute; flat level even; steep sheer
narrow slim thin; nearby close adjacent neighboring; distant remote far; foreign overseas alien; native indigenous local
urban metropolitan municipal civic; rural agrarian; military armed; political partisan; economic financial monetary fiscal; medical clinical
educational academic scholarly; scientific technical; technological technical digital; digital electronic online virtual; virtual online remote
artificial synthetic man-made; natural organic; chemical; physical bodily; mental psychological cognitive; emotional sentimental; social communal
cultural; religious spiritual; ethical moral; fair just equitable impartial; unfair unjust biased; equal even equivalent; unequal uneven
frequent regular repeated recurring; occasional sporadic infrequent; sudden abrupt unexpected; gradual progressive steady incremental
surprising unexpected astonishing startling; shocking appalling; tragic disastrous catastrophic devastating; fatal deadly lethal mortal
violent brutal aggressive; peaceful nonviolent; controversial contentious disputed divisive; disputed contested; alleged claimed supposed reported
suspected presumed; proposed suggested planned; planned scheduled intended; scheduled slated due; approved authorized sanctioned
required mandatory compulsory obligatory; optional voluntary elective; responsible accountable liable; aware conscious mindful informed
unaware ignorant oblivious; able capable competent; willing ready prepared; reluctant hesitant unwilling; determined resolute committed
committed dedicated devoted; devoted loyal faithful; loyal faithful true; jealous envious; ashamed embarrassed; grateful thankful appreciative
hopeful optimistic; hopeless desperate; desperate frantic; nervous tense anxious; curious inquisitive; humorous funny amusing comic
serious solemn earnest; romantic amorous; friendly amicable warm cordial; hostile antagonistic unfriendly; polite courteous civil respectful
rude impolite discourteous; generous charitable giving; greedy avaricious; lazy idle; diligent industrious hardworking; careful cautious wary
careless reckless negligent; patient tolerant; stubborn obstinate; proud arrogant haughty; humble modest; young juvenile; adult grown mature
elderly aged senior; senior high-ranking top; junior subordinate; chief head leading; lead leading principal; prominent leading eminent distinguished
influential powerful; dominant prevailing leading; prevailing current; overwhelming massive crushing; marginal slight minor
incomplete unfinished partial; rough approximate crude; visible noticeable apparent; invisible unseen; noticeable marked perceptible
explicit express clear; implicit implied tacit; abstract conceptual; concrete tangible specific; dense thick compact; sparse thin scattered
random arbitrary; probabilistic stochastic; dynamic changing; static fixed; interactive; creative imaginative; dedicated specialized
specialized expert niche; integrated unified combined; unified joint integrated; separate individual distinct; independent autonomous self-governing
autonomous independent self-directed; dependent reliant; complementary supplementary; unprecedented unparalleled; unparalleled unmatched unrivaled
world-class first-rate; first-rate excellent; top-notch excellent superb; pleasant enjoyable agreeable; enjoyable fun pleasant
unpleasant disagreeable; inconvenient awkward; convenient handy; comfortable cozy; uncomfortable; exciting thrilling stimulating; boring dull tedious
engaging interesting captivating; captivating engaging fascinating; inspiring uplifting motivating; persuasive convincing compelling
comprehensible understandable; understandable clear; interpretable explainable; feasible viable practicable; viable feasible workable
cumbersome unwieldy; intense fierce severe; drastic radical extreme; radical sweeping; sweeping broad; moderate modest reasonable; excessive undue
insufficient inadequate
"""
NOUNS = """
aim goal objective purpose target intention; plan scheme strategy; strategy plan approach; idea concept notion thought
approach method technique way strategy; method approach technique procedure way methodology; way manner means method; procedure process method
problem issue challenge difficulty trouble; issue problem matter topic concern; matter issue subject topic; topic subject theme issue
challenge difficulty problem obstacle; obstacle hurdle barrier; concern worry issue; question query inquiry; response answer reply reaction
solution answer resolution remedy; remedy cure solution; result outcome finding consequence; consequence result effect
effect impact influence consequence; finding result discovery; conclusion finding; evidence proof; reason cause rationale; fact detail
detail information particular specific; information data details knowledge; knowledge understanding; understanding comprehension insight
example instance illustration; instance example case; part portion section component segment piece; portion part share
component element part constituent; element component factor; feature characteristic attribute property trait aspect; aspect facet feature
quality caliber; type kind sort variety form; variety range assortment array selection diversity
range variety array selection assortment series spectrum suite; selection choice range assortment variety; collection set selection assortment
set collection group suite; suite set collection package; series sequence succession; choice option selection alternative
option choice alternative possibility; possibility chance option; chance opportunity possibility; group set team; team group crew
participant attendee member; people individuals persons folks; person individual human; man gentleman; woman lady; child kid; boy lad; girl; parent
father dad; mother mom; friend companion ally; enemy foe adversary; king monarch ruler sovereign; lord nobleman noble; servant attendant
soldier warrior; leader head chief; boss manager supervisor; director head; worker employee staff; staff employees personnel workforce
customer client consumer patron; user; buyer purchaser; seller vendor; vendor supplier; supplier provider
company firm business corporation enterprise organization; organization institution company body association; agency organization body
representative agent rep; salesperson representative; expert specialist professional; researcher scientist; author writer; speaker presenter
host presenter; doctor physician; lawyer attorney; police officers; official officer authority; government administration; legislation law bill act
law legislation statute; rule regulation; requirement condition need; condition requirement term; agreement deal contract accord
deal agreement bargain; discussion conversation talk debate dialogue; conversation discussion dialogue talk chat call; meeting session gathering
interview; speech address; message note communication; email message communication; letter message; announcement declaration; statement declaration
account description report; story tale narrative; document paper text; article paper piece; pitch proposal presentation; proposal suggestion offer
suggestion proposal recommendation; recommendation suggestion advice; advice guidance counsel; guidance advice support; help assistance aid support
support assistance help backing; benefit advantage gain perk; profit gain earnings; earnings profit income revenue; cost price expense
price cost rate; fee charge; payment; discount reduction; reduction decrease cut; decrease reduction decline; decline decrease drop
increase rise growth; growth increase expansion; improvement enhancement gain; progress advancement; development progress
change shift alteration modification; purchase order buy; product item good; goods products merchandise; service; tool instrument; device gadget
equipment gear; machine; framework system structure; architecture structure; model; platform; software program application; application app
catalog range; equipment tools; ability capability capacity; skill ability expertise; expertise skill knowledge; experience; effort attempt endeavor
attempt effort try; job work task position; project; action act activity; operation process; event occurrence; incident event; situation circumstance
state condition; place location site; area region zone field; field area domain; city town; country nation; world globe; house home residence
building; street road; period time duration; duration length; moment time; start beginning commencement; end conclusion finish; degree level extent
amount quantity sum; number quantity; lot; majority; limit restriction; restriction limitation constraint; danger risk hazard threat; mistake error
fault error; damage harm; loss; death demise; murder killing; crime offense; war conflict; conflict struggle; fight battle; struggle fight
love affection; anger rage fury; fear dread; grief sorrow sadness; joy happiness; hope; desire wish; interest curiosity; view opinion perspective
perspective view viewpoint; belief view; attitude; comparison contrast; relationship relation connection link; difference distinction
role function part; performance; efficiency; productivity output; accuracy precision; speed pace; ease simplicity; flexibility adaptability
importance significance; value worth; achievement accomplishment success; failure; experiment test trial; study research investigation
investigation inquiry study; analysis examination; evaluation assessment; review evaluation; overview summary; inclination preference; budget
protection coverage security; security protection safety; appointment meeting; brochure pamphlet; follow-up; quote estimate; timeline schedule
deadline; future; history past; heart; spirit soul; money funds cash; funds money funding; funding financing funds; tax; vote ballot; election
campaign; relatives family kin; network; dataset; figure number
"""
ADVERBS = """
very extremely highly really greatly; significantly considerably substantially markedly greatly notably
quickly rapidly swiftly fast promptly speedily; slowly gradually; easily effortlessly readily simply; effectively efficiently successfully
approximately about around roughly nearly; nearly almost; completely entirely fully totally wholly; mainly mostly primarily largely chiefly
usually generally typically normally; often frequently; sometimes occasionally; currently presently now; recently lately
previously formerly earlier before; finally eventually ultimately; immediately instantly; soon shortly; simultaneously concurrently
specifically particularly especially; also additionally too furthermore moreover besides; however nevertheless nonetheless yet but
although though while whereas despite; because since as; therefore thus hence consequently; together jointly; automatically; directly
potentially possibly perhaps; perhaps maybe possibly; seamlessly smoothly; clearly obviously evidently; actually really; accurately precisely
solely only exclusively merely just; again anew
"""
