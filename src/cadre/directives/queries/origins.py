"""Which packs what is known of orders comes from."""

from collections import defaultdict
from functools import cached_property

from cadre.core.releasability import Viewer
from cadre.directives.queries.loading import SaidItem
from cadre.record.queries import packs_of_claims


class Origins:
    """The packs that orders rest on, by any key of theirs: those of their rows and of the claims
    that the rows rest on. The claims are asked for once, when first needed.
    """

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.rows: defaultdict[object, set[str]] = defaultdict(set)
        self.claims: defaultdict[object, set[str]] = defaultdict(set)

    def note(self, key: object, *rows: SaidItem) -> None:
        for row in rows:
            self.rows[key].add(row["pack"])
            self.claims[key].update(row["claims"])

    def of(self, key: object) -> frozenset[str]:
        said = {self.of_claims[each] for each in self.claims[key] if each in self.of_claims}
        return frozenset(self.rows[key] | said)

    @cached_property
    def of_claims(self) -> dict[str, str]:
        rows = {claim for claims in self.claims.values() for claim in claims}
        return packs_of_claims(self.viewer, rows)
