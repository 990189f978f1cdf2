"""How many, and who among others, exactly as vaguely as it was said.

There is no adding up: "around 120" and "up to several hundred" have no sum, so a quantity has no
`+`. What can be relied on are `surely_at_least` and `surely_at_most`.
"""

from cadre.core.quantities.lists import OpenList
from cadre.core.quantities.reading import Qualifier, QuantityError
from cadre.core.quantities.values import QUALIFIERS, Quantity

__all__ = ["QUALIFIERS", "OpenList", "Qualifier", "Quantity", "QuantityError"]
