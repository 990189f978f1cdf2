"""Words that tell what a number counts, in English, French and Arabic."""

from typing import Final

from cadre.core.reading.vocabulary import words

# Plural or collective nouns that do not show it by an “s”, and the commonest that do.
COLLECTIVE: Final = words(
    "troops people personnel pax staff men women children police forces military aircraft percent"
    " soldiers civilians allies countries nations years months weeks days hours minutes times"
    " trainers advisers advisors instructors trainees officers members states vehicles"
    " militaires soldats pays formateurs conseillers personnes hommes femmes ans mois jours"
    " heures semaines fois stagiaires"
)
COUNTED: Final = "|".join(sorted(COLLECTIVE))

# Words that end what is counted: it goes no further than the word before.
STOPS: Final = words(
    "a an the of in on at to for from by with within without under over after before since"
    " until during against among between through and or but nor so as than that which who whom"
    " whose where when while if because is are was were be been being has have had do does did"
    " will would can could may might must shall should not no also only now then already later"
    " ago says said tells told adds added remains remain includes include involves needs wants"
    " this these those there here it its he she they their his her our your my we you per each"
    " every such more less fewer about around at into onto out up down off again le la les l"
    " un une des du de d en dans au aux à sur pour par avec sans sous entre et ou mais qui que"
    " dont où est sont était étaient a ont avait avaient sera seront ne pas plus moins ce"
    " cette ces son sa ses leur leurs depuis selon ainsi"
)
# They end in “s” and are no plurals.
SINGULAR: Final = words(
    "press status crisis basis news always across perhaps towards besides thus plus various"
    " previous serious famous whereas unless business campus virus chaos afterwards jamais"
    " toujours alors puis mais dans sous sans très ailleurs"
)
# Arabic words that never name what is counted.
ARABIC_STOPS: Final = words(
    "في من إلى على عن مع بعد قبل منذ حتى أو ثم أن إن التي الذي الذين هذا هذه ذلك لا لم لن قد"
    " كان كانت هو هي هم بين عند خلال ضد لدى حول"
)
