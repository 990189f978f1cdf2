"""Words after which a full stop does not end a sentence, in English, French and Arabic."""

from typing import Final

from cadre.core.reading.vocabulary import words

# Titles and ranks stand before a name, the others before what they introduce.
NEVER_ENDING: Final = words(
    "lt gen brig maj col capt cpt sgt cpl pvt adm cmdr cdr amb mr mrs ms mx dr prof sen rep"
    " gov pres hon rev fr sr-col st ste mt ft messrs gén cdt cne lcl cel adj mm mme mmes mlle"
    " mlles mgr dép min e.g i.e cf vs viz ca approx resp spc ssgt wo cwo ltg mg bg rdml vadm"
    " radm p.ex c.-à-d"
)

# These stop short only in front of a number.
BEFORE_NUMBERS: Final = words(
    "jan feb mar apr jun jul aug sep sept oct nov dec janv févr fév avr juin juil août déc no"
    " nos art arts par para p pp vol fig ch sec ann res tel tél n mon tue tues wed thu thur"
    " thurs fri sat sun"
)

# These may end a sentence; the word after them tells.
PERHAPS_ENDING: Final = words("etc inc corp ltd co jr sr al bros dept div est")

STARTERS: Final = words(
    "the a an in on at he she it they we i you but and or so this that these those there here"
    " however meanwhile his her its their our my as after before when while if for from by"
    " with to of since until both some many most all no not what who why how where according"
    " le la les un une des il elle ils elles nous vous ce cette ces mais et ou en dans au aux"
    " à selon pour par sur depuis après avant cependant toutefois"
)
