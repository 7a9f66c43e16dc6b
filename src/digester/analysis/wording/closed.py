"""Words of the closed classes, and those that turn, narrow or set against: what is read word by word."""

from __future__ import annotations


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The closed classes of English, and verbs so general that they say nothing of their own.
FUNCTION = _listed("""
a an the this that these those there here and or but nor so yet if then than as of in on at by for from to into onto
with about between among through during over under up down out off again its it it's their they them he she his her
him hers we us our ours you your yours i me my mine who whom whose which what when where why how is are was were be
been being am do does did done doing have has had having will would can could may might shall should must not no 's
s t re ve ll d m n't also both such own each any some all more most other another one ones via per upon within while
either neither just very too etc e g without after before until since because however therefore thus only even still
several many much less least few first last second third two same never across along against like else ever every
everyone everything something someone anyone anything itself themselves himself herself myself yourself ourselves
whether though although despite toward towards around above below behind beyond near onto rather quite almost
already often always yes okay ok mr mrs ms dr including regarding concerning according due instead let lets get gets
got go goes going gone make makes made making use uses used using take takes took taken put well now
""")
# Words that shut out the rest: "only", "none". New in a statement, they narrow what the source said.
EXCLUSIVE = _listed("""
only solely exclusively merely all every always
""")
CONTRAST = _listed("""
but although though despite however whereas yet nevertheless nonetheless
""")
COUNTS = _listed("""
three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty sixty hundred
hundreds thousand thousands million millions billion billions dozen dozens half twice double triple
""")
# Second parts of compounds (user-friendly, goal-oriented): the first part says what it is about.
FORMERS = _listed("""
oriented sensitive driven based focused centric friendly powered enabled related like wise notch grade class end
edge art inclusive wide free level scale term time specific aware style type made known
""")
# Words that turn round what follows them, as a negation does: "avoids degraded results".
REVERSERS = _listed("""
avoid prevent eliminate reduce remove mitigate suppress overcome alleviate minimize lessen less without instead
rather than unlike against stop resist counter fight free lack fail
""")
# Words that hold a claim up to its contrary; each is one occurrence of a negation.
NEGATIONS = _listed("""
not no never none nobody nothing nowhere neither nor cannot without hardly barely scarcely lack lacks lacking lacked
fail fails failed failing unable refuse refuses refused refusing n't except
""")
# Words by which a summary says who speaks and what it is about; they bring nothing of their own.
FRAME = _listed("""
say says said tell tells told mention mentions mentioned ask asks asked explain explains explained describe describes
described discuss discusses discussed state states stated note notes noted report reports reported talk talks speak
speaks suggest suggests suggested introduce introduces introduced present presents presented include includes included
people person man woman group team member members thing things way ways kind part document text article paper letter
email call conversation discussion speaker author writer user document summary someone topic story
""")
# Words that deny without a negation: "hard to break", "ruled out", "too early", "yet to come".
DENYING = _listed("""
hard difficult impossible unlikely rare rarely seldom out too against yet absent missing none opposite contrary
""")
