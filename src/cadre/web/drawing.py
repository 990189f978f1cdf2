"""Pages of the reference, drawn from the code that they describe. Always the same for one code."""

import argparse
from collections.abc import Iterable, Iterator, Mapping

from django.core.management.base import BaseCommand
from django.utils.translation import override

from cadre.access.permissions import RULES, Rule
from cadre.access.rows import RoleChoices
from cadre.api import api
from cadre.core.accountability.escalation import MACHINES as MUSTERS
from cadre.core.lifecycles import MACHINES, Machine
from cadre.launch.dispatch import WORDS
from cadre.launch.django_words import load, own_words

NOTE = "<!-- Drawn from the code by ./cadre diagrams; change the code, not this page. -->"
HIDDEN = {"help", "verbosity"}
type Described = Mapping[str, object]


def pages() -> dict[str, str]:
    """Each page's file name and its text, in English whatever language is active."""
    with override("en"):
        return {
            "commands.md": commands(),
            "permissions.md": permissions(RULES),
            "api.md": interface(api.get_openapi_schema()),
            "state-machines.md": lifecycles((*MACHINES, *MUSTERS)),
        }


def page(title: str, lead: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", NOTE, "", lead, "", *lines]).rstrip() + "\n"


def cell(text: object) -> str:
    """A text that stands in one cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell(each) for each in row)} |"
    yield ""


# --- commands ---------------------------------------------------------------------------------


def commands() -> str:
    lines = ["## Set up, run and check", ""]
    lines += table(("Word", "What it does"), [(f"`{w}`", e.purpose) for w, e in WORDS.items()])
    lines += ["## Ask and work with the record", ""]
    for word in sorted(own_words()):
        lines += command(word, load(word))
    lead = "Everything that `./cadre` answers to. `./cadre WORD --help` says the same on screen."
    return page("Commands", lead, lines)


def command(word: str, described: BaseCommand) -> Iterator[str]:
    parser = described.create_parser("./cadre", word)
    yield from (f"### `./cadre {word}`", "", cell(described.help), "")
    yield from arguments(parser, "")


def arguments(parser: argparse.ArgumentParser, before: str) -> Iterator[str]:
    """A parser's arguments, then those of each word below it."""
    rows = [(spelled(action, before), meaning(action)) for action in shown(parser)]
    if rows:
        yield from table(("Argument", "Meaning"), rows)
    for action in parser._actions:  # noqa: SLF001  argparse has no other way to its own parts
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  as above
            helps = {each.dest: each.help or "" for each in action._choices_actions}  # noqa: SLF001
            for name, below in action.choices.items():
                yield from (f"#### `{before}{name}`", "")
                if said := below.description or helps.get(name, ""):
                    yield from (cell(said), "")
                yield from arguments(below, f"{before}{name} ")


def shown(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [
        action
        for action in parser._actions  # noqa: SLF001  as above
        if action.dest not in HIDDEN
        and action.help != argparse.SUPPRESS
        and not isinstance(action, argparse._SubParsersAction)  # noqa: SLF001  as above
    ]


def spelled(action: argparse.Action, before: str) -> str:
    if not action.option_strings:
        return f"`{before}{action.metavar or action.dest}`"
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"`{action.option_strings[-1]}{value}`"


def meaning(action: argparse.Action) -> str:
    said = [action.help or ""]
    if action.choices:
        said.append(f"One of: {', '.join(str(choice) for choice in action.choices)}.")
    if action.required and action.option_strings:
        said.append("Required.")
    return " ".join(part for part in said if part)


# --- permissions ------------------------------------------------------------------------------


def permissions(rules: Iterable[Rule]) -> str:
    rows = [(f"`{each.verb}`", each.does, roles(each), each.reach.value) for each in rules]
    lead = (
        "Who may do what. What somebody may *see* is another matter: that is the markings' rule,"
        " `may_see`."
    )
    return page("Permissions", lead, table(("Verb", "What it is", "Roles", "Held for"), rows))


def roles(rule: Rule) -> str:
    held = [str(choice.label) for choice in RoleChoices if choice.value in rule.roles]
    return ", ".join(held) or "everybody who is signed in"


# --- state machines -----------------------------------------------------------------------------

AS_BEFORE = "as before"


def lifecycles(machines: Iterable[Machine]) -> str:
    lines: list[str] = []
    for each in machines:
        lines += (f"## {each.name.capitalize()}", "", *diagram(each), "")
        lines += table(("From", "What happens", "To", "By whom or what"), grouped(each))
    lead = (
        "What leads from which state to which; nothing else is possible. Drawings leave"
        " out what leads back to the same state. Directives and lifts that are only reported, not"
        " ordered here, are put on record as they were told, whatever the state."
    )
    return page("State machines", lead, lines)


def diagram(machine: Machine) -> Iterator[str]:
    """A drawing in Mermaid; what leads from one state to another by several ways is one arrow."""
    number = {state: f"s{place}" for place, state in enumerate(machine.states)}
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in machine.steps:
        if step.before != step.after:
            arrows.setdefault((step.before, step.after), []).append(step.event)
    yield from ("```mermaid", "stateDiagram-v2")
    yield from (f'    state "{state}" as {each}' for state, each in number.items())
    yield f"    [*] --> {number[machine.initial]}"
    for (before, after), events in arrows.items():
        yield f"    {number[before]} --> {number[after]}: {', '.join(events)}"
    yield "```"


def grouped(machine: Machine) -> Iterator[tuple[str, ...]]:
    """The steps, those in one row that differ only in the state that they lead from."""
    changing = {(each.event, each.after) for each in machine.steps if each.before != each.after}
    rows: dict[tuple[str, str, str], list[str]] = {}
    for step in machine.steps:
        after = step.after if (step.event, step.after) in changing else AS_BEFORE
        rows.setdefault((step.event, after, step.by), []).append(step.before)
    for (event, after, by), states in rows.items():
        every = len(states) == len(machine.states)
        yield "any state" if every else ", ".join(states), event, after, by


# --- API --------------------------------------------------------------------------------------


def interface(described: Described) -> str:
    lines: list[str] = []
    for path, methods in entries(described["paths"]):
        for method, operation in entries(methods):
            lines += operation_lines(method.upper(), path, mapping(operation))
    lead = (
        "Every operation under `/api/v1`, from its own description, which is served at"
        " `/api/v1/openapi.json`. Send a key as a bearer token, or use a browser's session."
    )
    return page("API", lead, lines)


def operation_lines(method: str, path: str, operation: Described) -> Iterator[str]:
    yield from (f"## {method} {path}", "", cell(operation.get("description", "")), "")
    if parameters := [mapping(each) for each in listed(operation.get("parameters"))]:
        rows = [
            (f"`{each['name']}`", each["in"], kind(mapping(each["schema"])), required(each))
            for each in parameters
        ]
        yield from table(("Parameter", "In", "Kind", ""), rows)
    if body := mapping(operation.get("requestBody")):
        yield from (f"Body: {content(body)}.", "")
    answers = [(code, content(mapping(each))) for code, each in entries(operation["responses"])]
    yield from table(("Status", "Answer"), answers)


def required(parameter: Described) -> str:
    return "required" if parameter.get("required") else ""


def content(described: Described) -> str:
    found = [
        f"{kind(mapping(mapping(each).get('schema')))} ({media})"
        for media, each in entries(described.get("content"))
    ]
    return ", ".join(found) or "nothing"


def kind(schema: Described) -> str:
    """What a schema admits, in a few words."""
    if reference := schema.get("$ref"):
        return f"`{str(reference).rpartition('/')[2]}`"
    if choices := listed(schema.get("anyOf")):
        return " or ".join(kind(mapping(each)) for each in choices)
    if schema.get("type") == "array":
        return f"list of {kind(mapping(schema.get('items')))}"
    return str(schema.get("type", "anything"))


def mapping(value: object) -> Described:
    return value if isinstance(value, Mapping) else {}


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def entries(value: object) -> list[tuple[str, object]]:
    return [(str(name), each) for name, each in mapping(value).items()]
