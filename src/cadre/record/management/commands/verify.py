"""`./cadre verify`: is the ledger what it was, and are the rows what the ledger says?"""

from argparse import ArgumentParser

from cadre.access.actions import seal
from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR
from cadre.launch.commands import Command as Base
from cadre.launch.refusal import FAILED, Refusal
from cadre.record import queries


class Command(Base):
    help = "Recompute the ledger's chains and compare every row with them; name the first break."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--expect",
            default="",
            metavar="DIGEST",
            help="digests, parted by commas, that were written down elsewhere and must still stand",
        )

    def handle(self, *_args: object, **options: object) -> None:
        seal()
        with seeing(OPERATOR):
            found = queries.verify(expected=str(options["expect"] or "").split(","))
        if options["json"]:
            self.print_json(
                {
                    "entries": found.entries,
                    "heads": [
                        {"node": node, "sequence": sequence, "digest": digest}
                        for node, sequence, digest in found.heads
                    ],
                    "trouble": found.trouble.sentence if found.trouble else None,
                }
            )
        else:
            self.stdout.write(f"{found.entries} entries of the ledger.")
            for node, sequence, digest in found.heads:
                self.stdout.write(f"Chain of node {node}: {sequence} entries, head {digest}.")
        if found.trouble:
            raise Refusal(found.trouble.sentence, code=FAILED)
        if not options["json"]:
            self.stdout.write("Every chain holds, and every row is what the ledger says.")
