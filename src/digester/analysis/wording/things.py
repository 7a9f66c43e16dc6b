"""Words for people, places and things that may stand for one another.

Apart from `synonyms`, because such a word says something of its own: a new one that stands where the source has
another thing is a substitution, never a turn of phrase. One group between semicolons.
"""

THINGS = """
king monarch; crown throne; castle fortress palace; knight warrior; army troops forces military; troops soldiers forces army; weapon arm; sword blade
poison venom; grave tomb; ghost spirit phantom; god deity; heaven paradise; oath vow pledge; vow oath promise; fate destiny fortune; fortune luck fate
honor dignity glory; glory honor fame; fame renown; disgrace shame dishonor; guilt remorse; pity compassion mercy; revenge vengeance
betrayal treachery; plot conspiracy scheme; rebellion revolt uprising; riot unrest; protest demonstration rally; rally gathering; strike walkout
crowd mob throng; president leader; senator lawmaker legislator; congress legislature; parliament legislature; panel committee board; council assembly
department ministry; bureau office agency; ambassador envoy diplomat; spokesman spokesperson spokeswoman; candidate nominee contender; voter elector
citizen resident national; resident inhabitant citizen; immigrant migrant; amendment revision; provision clause; title heading; grant subsidy award
loan credit; debt liability; deficit shortfall; surplus excess; bank lender; investor backer; shareholder stockholder; stock share; trade commerce
industry sector; factory plant; farm ranch; farmer grower; crop harvest; livestock cattle; food nourishment; drink beverage; court tribunal
judge justice magistrate; verdict ruling decision judgment; sentence punishment; penalty fine punishment; prison jail; prisoner inmate detainee
criminal offender felon; thief robber; killer murderer; victim casualty; witness observer; evidence testimony; lawsuit suit
allegation accusation claim; accusation allegation charge; investigation probe; inquiry probe; hospital clinic; illness disease sickness
sign symptom indication; injury wound; pain ache suffering; treatment therapy care; care treatment attention; medicine drug medication
surgery operation; school academy; teacher instructor educator; student pupil learner; class course lesson; lecture talk; university college
exam test; grade mark; car vehicle automobile; plane aircraft airplane; ship vessel boat; road highway street; journey trip voyage travel; tour trip
accident crash collision; driver motorist; passenger traveler; storm tempest; earthquake quake; fire blaze; disaster catastrophe tragedy
emergency crisis; damage destruction; destruction devastation; explosion blast; bomb explosive; attack assault strike; gunman shooter attacker
gun firearm; terrorist militant; militant extremist; hostage captive; writer novelist; actor performer; singer vocalist; band group; song tune
album record; film movie picture; show program series; episode installment; podcast show; audience listeners viewers public; critic reviewer
fan supporter; supporter backer advocate; advocate supporter proponent; opponent rival adversary; rival competitor opponent; coach trainer
player athlete; game match; tournament competition; competition contest; championship title; prize award; conference meeting; agenda program
presentation talk; decision resolution; phase stage step; draft version; version edition; prototype model; design layout; screen display
feature functionality; module component; file document; website site; battery power; power energy; algorithm method procedure; parameter variable
loss cost; policy strategy; environment setting; sample example; representation encoding embedding; metric measure; bound limit; assumption premise
hypothesis conjecture; mechanism process; childhood youth; youth adolescence; marriage wedding matrimony; husband spouse; wife spouse; spouse partner
partner associate; lover sweetheart; brother sibling; sister sibling; ancestor forefather; heir successor; stranger outsider; guest visitor
community neighborhood; neighborhood district; district area; village hamlet; province state; border frontier; mountain hill; river stream; sea ocean
forest wood; field meadow; ground land earth
"""
