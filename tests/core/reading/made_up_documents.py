"""Made-up documents with the constructions that real ones have. Nobody in them exists."""
# ruff: noqa: E501  # a paragraph is one line, as in a pasted text

ENGLISH = """Pact Halts Its Courses in Varda After Border Incident

Pact Halts Its Courses in Varda After Border Incident
Pact Secretary General Ada Lindqvist speaks at Pact House in Meren on Feb. 10, 2031. (Otto Brandt/Meren Press)
Lena Okafor
The Northern Assistance Pact (NAP) announced Monday that it has paused its courses in Varda to protect its people, after the Feb. 6 shelling of a border post.
“In all that we do, the safety of our people comes first,” Pact Secretary-General Ada Lindqvist told reporters in Meren after a meeting of the Pact Council. “As such, we have for the time being paused the courses, and we are taking all measures that are needed. We are keeping this under close review.”
Lindqvist noted that the mission is a contribution to a wider effort.

“We have paused our training now because of the situation on the ground. But we are ready to start again when the ground allows it,” she said.

The Pact scaled up its courses after the militia was driven out in late 2028. Pact Mission Varda (PMV) was set up in October 2029, after three years of fighting.

PMV counts up to several hundred trainers, clerks and other people of the 21 member countries as well as partners such as Orland, Tessia, and Quill.

She said that the members remain concerned. “All members have, several times, said so,” she said. “And, of course, all members agree. We have also said it again and again.”

“A new conflict would help no one,” Lindqvist also said.

Separately, the Tessian military said on Friday, Feb. 7, that Orland and its partners have suspended training under another mission.

That mission, commanded by Orland's Lt. Gen. Pat Moreau, was set up in 2025.

In a letter to Tessian lawmakers seen by Meren Press, Lieutenant-General Ida Falk said Moreau had decided to raise the level of protection. Tessia has deployed around 120 troops to that mission.

Meren Press contributed to this report.
"""

FRENCH = """Le Pacte suspend ses cours au Varda

Le Pacte du Nord a annoncé lundi qu’il avait suspendu ses cours au Varda depuis le 7 février.

« La sécurité de nos équipes est primordiale. Nous suivons la situation de près », a déclaré Ada Lindqvist. « Nous reprendrons les cours dès que possible », a-t-elle ajouté.

La mission, créée en octobre 2029, compte jusqu’à plusieurs centaines de formateurs des 21 pays membres et de partenaires tels que la Tessie, l’Orland et la Quillie. Selon le ministère tessien, environ 120 militaires sont sur place. L’armée tessienne a annoncé vendredi 7 février que M. Dupont rentrerait d’ici au 1er mars 2031.
"""

ARABIC = """الحلف يعلق دوراته في فاردا

قالت الأمينة العامة آدا ليندكفست إن السلامة أولا. وأضافت أن الوضع قيد المتابعة. أعلن حلف الشمال يوم الاثنين أنه علق دوراته منذ 7 فبراير 2031.

تضم البعثة التي أنشئت في أكتوبر 2029 نحو 120 جنديا من دول مثل تيسيا وأورلاند وكويل. هل تعود الدورات؟ لا أحد يعرف. انتهى القتال في أواخر عام 2028.
"""
