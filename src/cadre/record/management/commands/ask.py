"""`./cadre ask SUBJECT ATTRIBUTE`: part of the promise, so its form stays."""

from argparse import ArgumentParser

from cadre.access.doors import add_reading_arguments, reading, seen_as
from cadre.core.answers import Answer, Status
from cadre.launch.commands import Command as Base
from cadre.record import queries
from cadre.record.outgoing import answer_out


class Command(Base):
    help = "Ask the record for one attribute of one subject."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", help="for example NMI")
        parser.add_argument("attribute", help="for example commander")
        add_reading_arguments(parser)

    def handle(self, *_args: object, **options: object) -> None:
        asked = reading(options)
        with seen_as(asked.account) as viewer:
            answer = queries.ask(
                viewer,
                str(options["subject"]),
                str(options["attribute"]),
                on=asked.on,
                known_on=asked.known_on,
            )
        if asked.as_json:
            self.print_json(answer_out(answer).model_dump(include={"status", "answers"}))
        else:
            self.stdout.write(in_words(answer))


def in_words(answer: Answer) -> str:
    lines = [f"{answer.subject} · {answer.attribute}: {answer.status.value}"]
    if answer.status is Status.NOT_STATED:
        return lines[0]
    for said in answer.said:
        when = f" ({said.when})" if said.when.stated else ""
        chain = " → ".join(said.said_by)
        places = ", ".join(said.sentences)
        kind = "inferred" if said.inferred else "stated"
        lines.append(f"  {said.value}{when}\n      {kind} by {chain}; {said.source} {places}")
    return "\n".join(lines)
