"""Packs to read and to load."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from cadre.core.releasability import Viewer
from cadre.packs import actions
from cadre.packs.checking import check_pack

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
EXAMPLE = Path(__file__).with_name("example-mission")

type Write = Callable[..., Path]

SOUND = {
    "pack.toml": 'format = 1\nkey = "sound"\ntitle = "A sound pack"\ndefault_source = "letter"\n',
    "sources.tsv": "name\tkind\ttitle\tpublished\nletter\tletter\tA letter\t2024-03-01\n",
    "claims.tsv": (
        "reference\tsubject\tattribute\tvalue\tsaid_by\tstatus\n"
        "C1\tschool\tstatus\topen\tHead > letter\tstated\n"
        "C2\tschool\tsize\tabout 40\tletter\tstated\n"
    ),
    "organisations.tsv": "code\tname\tkind\nXE\tExampleland\tnation\n",
    "sites.tsv": "code\tname\tkind\tparent\nE\tExampleland\tcountry\t\nE-1\tSchool\tsite\tE\n",
    "missions.tsv": "code\tname\tcombat\tclaims\nM\tMission\tno\tC1\n",
    "lines.tsv": "mission\tcode\tname\nM\tteaching\tTeaching\nM\tadvice\tAdvice\n",
    "mandates.tsv": "key\tmission\twording\tsince\nfirst\tM\tTeach.\t2023\n",
    "host_requests.tsv": "key\tmission\thost\tlines\twording\nasked\tM\tXE\tteaching\tplease\n",
    "authorisations.tsv": (
        "key\tmission\tlines\thost_request\tmandate\tbegins\nopen\tM\tteaching\tasked\tfirst\t2023\n"
    ),
    "directives.tsv": (
        "number\tmission\teffect\tauthority\tlines\tsites\tnations\tclaims\n"
        "D1\tM\tsuspend\tHead\tteaching\tE\tall\tC1\n"
    ),
    "timings.tsv": "key\tdirective\tclock\tmoment\nd1\tD1\teffective\t2024-02-01\n",
    "lifts.tsv": (
        "number\tdirective\tauthority\tlines\tsites\tnations\teffective\n"
        "L1\tD1\tHead\tteaching\tE-1\tall\t2024-02-09\n"
    ),
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a sound pack with some files replaced (text or bytes) or left out (None)."""

    def written(changes: dict[str, str | bytes | None] | None = None, name: str = "sound") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for file, content in {**SOUND, **(changes or {})}.items():
            if content is None:
                (folder / file).unlink(missing_ok=True)
            else:
                as_bytes = content if isinstance(content, bytes) else content.encode()
                (folder / file).write_bytes(as_bytes)
        return folder

    return written


@pytest.fixture
def problems() -> Callable[[Path], list[str]]:
    """What is wrong with the pack in a folder, in the words that the command prints."""
    return lambda folder: [str(problem) for problem in check_pack(folder).problems]


@pytest.fixture
def load(operator: Viewer, at: datetime) -> Callable[..., actions.Loaded]:
    """Loads the pack in a folder, as the operator."""

    def loaded(folder: Path, *, when: datetime = at) -> actions.Loaded:
        checked = check_pack(folder)
        assert checked.problems == ()
        return actions.load(checked.pack, by=operator, at=when)

    return loaded


@pytest.fixture
def iraq(load: Callable[..., actions.Loaded]) -> actions.Loaded:
    """The shipped case, loaded."""
    return load(CASES / "iraq-2020")
