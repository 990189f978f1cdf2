"""A pack's files are not trusted: whatever is in them, the answer is a sentence with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadre.packs.checking import check_pack
from cadre.packs.reading import NotAPack
from tests.packs.conftest import CASES, EXAMPLE, SOUND, Write

type Problems = Callable[[Path], list[str]]

CLAIMS = SOUND["claims.tsv"]


@pytest.mark.parametrize("folder", [CASES / "iraq-2020", CASES / "iraq-2020-outside", EXAMPLE])
def test_shipped_packs_have_no_problem(folder: Path, problems: Problems) -> None:
    assert problems(folder) == []


def test_sound_pack_has_no_problem(write: Write, problems: Problems) -> None:
    assert problems(write()) == []


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotAPack, match="There is no folder"):
        check_pack(tmp_path / "nowhere")


def test_pack_without_description(write: Write, problems: Problems) -> None:
    assert problems(write({"pack.toml": None})) == [
        "claims.tsv, line 2: source is empty, and the pack has no default source.",
        "claims.tsv, line 3: source is empty, and the pack has no default source.",
        "pack.toml: This file is missing; every pack needs it.",
    ]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("format = 1\nkey = 'k'\ntitle = 'T'\n[[[", "pack.toml: This file is not TOML: "),
        ("format = 2\nkey = 'k'\ntitle = 'T'", "pack.toml: format has to be 1, "),
        ("format = 1\nkey = '../k'\ntitle = 'T'", "pack.toml: key may have small letters"),
        ("format = 1\nkey = 5\ntitle = 'T'", "pack.toml: key has to be a text."),
        ("format = 1\nkey = 'k'", "pack.toml: title is missing"),
        ("format = 1\nkey = 'k'\ntitle = 'T'\nwho = 1", "pack.toml: who is no field"),
        ("format = 1\nkey = 'k'\ntitle = 'T'\nneeds = 'a'", "pack.toml: needs has to be a list"),
        ("format = 1\nkey = 'k'\ntitle = 'T'\nneeds = ['../x']", "pack.toml: needs names “../x”"),
        ("format = 1\nkey = 'k'\ntitle = 'T'\nmarking = 1", "pack.toml: marking has to be a table"),
        (
            "format = 1\nkey = 'k'\ntitle = 'T'\nmarking.classification = 'cosmic'",
            "pack.toml: marking.classification is none of: unclassified, restricted, ",
        ),
        (
            "format = 1\nkey = 'k'\ntitle = 'T'\ndefault_source = 'x'",
            "pack.toml: default_source “x”",
        ),
        ("format = 1\nkey = 'k'\ntitle = 'T'\nneeds = ['k']", "pack.toml: needs names the pack"),
        ("format = 1\nkey = 'k'\ntitle = '''T\nT'''", "pack.toml: title has to be one line"),
    ],
)
def test_each_mistake_in_the_description_is_told(
    write: Write, problems: Problems, description: str, expected: str
) -> None:
    told = problems(write({"pack.toml": description}))
    assert [line for line in told if line.startswith(expected)] != []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "claims.tsv, line 1: This file is not UTF-8 text."),
        ("reference\0", "claims.tsv, line 1: This is not a text file."),
        (CLAIMS.encode("utf-16"), "claims.tsv, line 1: This file is not UTF-8 text."),
        (
            CLAIMS.replace("open", "ouvert\xe9").encode("latin-1"),
            "claims.tsv, line 2: This file is",
        ),
        ("", "claims.tsv, line 1: reference is a column that this file needs and lacks."),
        (
            CLAIMS.replace("value", "val", 1),
            "claims.tsv, line 1: val is a column that this file does",
        ),
        (CLAIMS.replace("value", "status", 1), "claims.tsv, line 1: status is a column twice."),
        (
            CLAIMS.replace("\topen", ""),
            "claims.tsv, line 2: status is empty, and every row needs it.",
        ),
        (CLAIMS.replace("open", "open\tx\ty"), "claims.tsv, line 2: The line has 8 cells and the"),
        (CLAIMS.replace("open", ""), "claims.tsv, line 2: value is empty, and every row needs it."),
        (
            CLAIMS.replace("C2", "C1"),
            "claims.tsv, line 3: reference “C1” stands on line 2 already.",
        ),
        (CLAIMS.replace("C2", "C 2"), "claims.tsv, line 3: reference is “C 2”; a code is made"),
        (CLAIMS.replace("C2", "all"), "claims.tsv, line 3: reference is “all”, which is no code"),
        (CLAIMS.replace("C2", "C" * 41), "claims.tsv, line 3: reference has 41 characters; 40 is"),
        (
            CLAIMS.replace("open", '"open'),
            "claims.tsv, line 2: A cell begins with a quotation mark",
        ),
        (CLAIMS.replace("open", "o\x07pen"), "claims.tsv, line 2: value holds a control character"),
        (CLAIMS.replace("open", "x" * 30_000), "claims.tsv, line 2: value has 30000 characters;"),
        (CLAIMS.replace("open", "x" * 300_000), "claims.tsv, line 2: The line has 300"),
        (
            CLAIMS.replace("Head > letter", "Head >"),
            "claims.tsv, line 2: said_by has nothing between",
        ),
        (CLAIMS.replace("\tstated", "\tsure", 1), "claims.tsv, line 2: status is “sure”, which is"),
    ],
)
def test_each_mistake_in_a_file_is_told_with_its_line(
    write: Write, problems: Problems, content: str | bytes, expected: str
) -> None:
    told = problems(write({"claims.tsv": content}))
    assert [line for line in told if line.startswith(expected)] != []


@pytest.mark.parametrize(
    ("moment", "what"),
    [
        ("yesterday", "“yesterday” is not a moment in EDTF"),
        ("2020-13", "“2020-13” is not in the calendar"),
        ("2020-01-06T12:00", "does not say its offset from UTC"),
        ("2020-01-06 12:00", "write a moment in EDTF, and the source's wording after it"),
        ("[2020-01-06..2020-01-02]", "the first moment is later than the last"),
        ("2020-22", "does not say which months are meant"),
        ("9999~", "out of the range of years"),
        ("", "is empty, and every row needs it"),
        ("(soon)", "says no moment; leave the row out if none is stated"),
    ],
)
def test_unreadable_moment_is_told(
    write: Write, problems: Problems, moment: str, what: str
) -> None:
    timings = f"key\tdirective\tclock\tmoment\nd1\tD1\teffective\t{moment}\n"
    told = problems(write({"timings.tsv": timings}))
    assert len(told) == 1
    assert told[0].startswith("timings.tsv, line 2: moment ")
    assert what in told[0]


def test_every_mistake_is_told_at_once(write: Write, problems: Problems) -> None:
    claims = CLAIMS.replace("open", "").replace("about 40", "") + "C3\t\tx\ty\tz\tstated\n"
    assert problems(write({"claims.tsv": claims})) == [
        "claims.tsv, line 2: value is empty, and every row needs it.",
        "claims.tsv, line 3: value is empty, and every row needs it.",
        "claims.tsv, line 4: subject is empty, and every row needs it.",
    ]


def test_misspelt_file_name_is_told(write: Write, problems: Problems) -> None:
    told = problems(write({"claim.tsv": "x\n", "notes.md": "kept"}))
    assert told == ["claim.tsv: This file is none of those of the case format."]


def test_link_out_of_the_folder_is_not_followed(
    write: Write, problems: Problems, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.tsv"
    secret.write_text("key\ttitle\nsecret\tSecret\n")
    folder = write()
    (folder / "subjects.tsv").symlink_to(secret)
    assert problems(folder) == ["subjects.tsv: This is a link that leads out of the pack's folder."]


def test_folder_instead_of_a_file(write: Write, problems: Problems) -> None:
    folder = write()
    (folder / "subjects.tsv").mkdir()
    assert problems(folder) == ["subjects.tsv: This is not a plain file."]


def test_spreadsheets_way_of_writing_is_read(write: Write) -> None:
    """A byte order mark, CRLF, and cells in quotation marks."""
    rewritten = CLAIMS.replace("about 40", '"about ""40"", or so"').replace("\n", "\r\n")
    checked = check_pack(write({"claims.tsv": b"\xef\xbb\xbf" + rewritten.encode()}))
    assert checked.problems == ()
    assert checked.pack.tables["claims"][("C2",)].text("value") == 'about "40", or so'


def test_comments_and_empty_lines_are_left_out(write: Write) -> None:
    checked = check_pack(write({"claims.tsv": "# a note\n\n" + CLAIMS + "\n\n"}))
    assert checked.problems == ()
    assert [row.line for row in checked.pack.rows("claims")] == [4, 5]


@given(
    file=st.sampled_from(sorted(SOUND)),
    content=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(st.text(alphabet="\t\n|>:()[]\"'CM1-.~/XZE #", max_size=30), max_size=8).map(
            lambda lines: "\n".join(lines).encode()
        ),
    ),
    after_header=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_in_a_file_the_check_ends_with_sentences(
    tmp_path_factory: pytest.TempPathFactory, file: str, content: bytes, *, after_header: bool
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, sound in SOUND.items():
        (folder / name).write_text(sound, encoding="utf-8")
    header = SOUND[file].split("\n")[0].encode() + b"\n" if after_header else b""
    (folder / file).write_bytes(header + content)
    told = [str(problem) for problem in check_pack(folder).problems]
    assert [line for line in told if not line.endswith(".") or "\n" in line] == []
