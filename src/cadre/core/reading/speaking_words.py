"""Words with which English, French and Arabic texts say who said something."""

from typing import Final

from cadre.core.reading.vocabulary import words

SAYING: Final = (
    "said|says|told|tells|announced|announces|noted|notes|added|adds|stated|states|wrote|writes"
    "|declared|declares|warned|warns|confirmed|confirms|reported|explained|stressed|stresses"
    r"|insisted|claim(?:ed|s)(?!\s(?:responsibility|the\slives)\b)|argued|acknowledged|denied|tweeted|testified|recalled|revealed"
    "|disclosed|indicated|reiterated|emphasi[sz]ed|replied|commented|asked"
    # these say something only where what is said follows
    r"|(?:maintained|concluded)(?=\sthat\b|[,:])|responded(?!\s(?:with|to|by)\b)"
)
INVERTED: Final = "said|says|added|asked|wrote|announced|warned|noted|declared|explained|replied"
ADVERBS: Final = "also|later|then|earlier|previously|repeatedly|separately|again|further|already"
DECIDING: Final = (
    "decided|ordered|agreed|approved|announced|said|told|requested|promised|directed|instructed"
    "|confirmed|warned|asked"
)
DOCUMENTS: Final = (
    "letter|memo|memorandum|report|statement|email|e-mail|note|cable|document|interview|speech"
    "|tweet|briefing|testimony|communiqué"
)
BODIES: Final = (
    "military|army|government|ministry|police|parliament|command|coalition|mission|embassy"
    "|council|alliance|agency|department|authority|administration|office|headquarters|army"
)
PEOPLE: Final = (
    "spokesman|spokeswoman|spokesperson|official|officer|minister|president|commander|general"
    "|ambassador|secretary|chief|diplomat|source|representative|envoy|chairman|lawmaker"
)
TITLES: Final = words(
    "secretary general secretary-general lieutenant lieutenant-general major major-general"
    " colonel brigadier captain sergeant admiral vice president prime foreign defense defence"
    " minister ambassador chancellor senator representative governor mr mrs ms dr lt gen maj"
    " col capt commander chairman chief spokesman spokeswoman spokesperson envoy king queen"
    " prince sir lord judge professor général ministre président colonel commandant"
)
# A phrase with one of these names no person.
ORGANISATION: Final = words(
    "press state states house union coalition nations nation council department agency treaty"
    " organization organisation association group party army navy force forces ministry"
    " command times post news pentagon kremlin university institute bank court office"
    " commission parliament government military mission alliance embassy committee front"
    " brigade corps service services authority federation league network media reuters"
)
LEADING: Final = words(
    "but and so yet or the a an that as while when after before because since if also then"
    " meanwhile separately however later earlier still now yesterday moreover nevertheless"
    " according though although where what which"
)
PREPOSITIONS: Final = words(
    "in at of from to by with for on near against between under over into through during"
    " within toward towards about around amid among across via per like than until"
)

FRENCH_SAYING: Final = (
    "déclaré|dit|annoncé|indiqué|affirmé|précisé|souligné|ajouté|expliqué|confirmé|estimé|rappelé"
    "|averti|écrit|assuré|reconnu|répondu"
)
FRENCH_PRESENT: Final = "déclare|affirme|annonce|indique|précise|souligne|ajoute|explique|confirme"
FRENCH_ADVERBS: Final = "également|aussi|ensuite|encore|par ailleurs|alors"
FRENCH_PEOPLE: Final = "porte-parole|ministre|présidente?|secrétaire|général|commandant|ambassadeur"
FRENCH_ROLES: Final = (
    "ministère|armée|gouvernement|porte-parole|ministre|président|présidente|secrétaire|général"
    "|commandant|ambassadeur|ambassade|coalition|mission|police|parlement|commandement|état-major"
)

ARABIC_SAYING: Final = "قالت?|صرحت?|صرّحت?|أضافت?|أوضحت?|أعلنت?|أكدت?|ذكرت?|أشارت?"
ARABIC_ENDS: Final = words(
    "إن أن إنه إنها أنه أنها بأن إنهم أنهم في يوم أمس اليوم خلال للصحفيين لوكالة عن على من"
    " إلى بعد قبل عقب لدى مع"
)
