"""The competition's files: what is read, and one sentence for each thing that is wrong."""

import pytest
from hypothesis import given

from cadre.core.planning.curriculum import (
    FormatError,
    Instance,
    Timetable,
    read_instance,
    read_timetable,
    written_timetable,
)
from tests.core.planning.curriculum.made_up import (
    LEGAL,
    SMALL,
    SMALL_FILE,
    instances,
    placed,
    written,
)


def test_instance_is_read() -> None:
    assert read_instance(SMALL_FILE) == SMALL


def test_line_ends_of_other_systems_are_read() -> None:
    assert read_instance(SMALL_FILE.replace("\n", "\r\n")) == SMALL


@given(instances())
def test_written_instance_is_read_as_itself(instance: Instance) -> None:
    assert read_instance(written(instance)) == instance


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ("Name: Small camp", "Name:", "Line 1: Name should have one value."),
        ("Days: 2", "Days: 2 3", "Line 4: Days should have one value."),
        (
            "Days: 2",
            "Days: two",
            "Line 4: The number of days should be a whole number from 1 to 366, not “two”.",
        ),
        (
            "Days: 2",
            "Days: 0",
            "Line 4: The number of days should be a whole number from 1 to 366, not “0”.",
        ),
        (
            "Periods_per_day: 3",
            "Periods_per_day: -1",
            "Line 5: The periods of a day should be a whole number from 1 to 288, not “-1”.",
        ),
        ("Days: 2", "Days: 2\nDays: 2", "Line 5: Days has been said before."),
        (
            "Days: 2",
            "Weeks: 2",
            "Line 4: A line of the head such as “Days: 5” is expected, not “Weeks: 2”.",
        ),
        ("Days: 2\n", "", "The head of the file does not say Days."),
        ("Courses: 4", "Courses: 5", "Line 2: Courses is 5, but COURSES has 4 lines."),
        (
            "Constraints: 2",
            "Constraints: 0",
            "Line 7: Constraints is 0, but UNAVAILABILITY_CONSTRAINTS has 2 lines.",
        ),
        ("ROOMS:\n", "COURSES:\n", "Line 15: The section COURSES has been there before."),
        (
            "radio marsh 2 2 12",
            "radio 2 2 12",
            "Line 11: There should be name, teacher, lectures, days, students, not “radio 2 2 12”.",
        ),
        (
            "radio marsh 2 2 12",
            "radio marsh 0 2 12",
            "Line 11: The number of lectures should be a whole number from 1 to 999999, not “0”.",
        ),
        (
            "radio marsh 2 2 12",
            "radio marsh 2 2 ١٢",
            "Line 11: The number of students should be a whole number from 0 to 999999, not “١٢”.",
        ),
        ("radio marsh 2", "maps marsh 2", "Line 12: The course “maps” has been there before."),
        ("cabin\t10", "hall\t10", "Line 17: The room “hall” has been there before."),
        ("cabin\t10", "cabin 10 2", "Line 17: There should be name, seats, not “cabin 10 2”."),
        (
            "recruits 2 first-aid radio",
            "recruits 3 first-aid radio",
            "Line 20: 3 courses are announced and 2 named.",
        ),
        (
            "recruits 2 first-aid radio",
            "recruits 2 radio radio",
            "Line 20: A course is named twice.",
        ),
        (
            "recruits 2 first-aid radio",
            "recruits 2 first-aid swimming",
            "Line 20: There is no course “swimming”.",
        ),
        ("drivers  3", "recruits 3", "Line 21: The curriculum “recruits” has been there before."),
        ("radio 0 0", "swimming 0 0", "Line 24: There is no course “swimming”."),
        (
            "radio 0 0",
            "radio 2 0",
            "Line 24: The day should be a whole number from 0 to 1, not “2”.",
        ),
        (
            "radio 0 0",
            "radio 0 3",
            "Line 24: The period should be a whole number from 0 to 2, not “3”.",
        ),
        ("END.\n", "", "The file ends without a line “END.”."),
        ("END.\n", "END.\nradio 0 0\n", "Line 28: Nothing may follow “END.”."),
        ("CURRICULA:", "CURRICULUM:", "Line 19: There is no section “CURRICULUM”."),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_line(was: str, now: str, sentence: str) -> None:
    assert was in SMALL_FILE
    assert read_instance(SMALL_FILE) == SMALL

    with pytest.raises(FormatError) as refused:
        read_instance(SMALL_FILE.replace(was, now, 1))

    assert str(refused.value) == sentence


def test_missing_section_is_named() -> None:
    start = SMALL_FILE.index("CURRICULA:")
    end = SMALL_FILE.index("UNAVAILABILITY_CONSTRAINTS:")

    with pytest.raises(FormatError) as refused:
        read_instance(SMALL_FILE[:start] + SMALL_FILE[end:])

    assert str(refused.value) == "The file has no section CURRICULA."


@pytest.mark.parametrize("text", ["", "\n \n", "END.", "{}", "\x00\x01", "Name: x\nEND.\n"])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(FormatError):
        read_instance(text)


@given(placed())
def test_written_timetable_is_read_as_itself(made: tuple[Instance, Timetable]) -> None:
    instance, timetable = made

    assert read_timetable(written_timetable(timetable), instance) == tuple(sorted(timetable))


def test_timetable_is_written_a_lecture_a_line() -> None:
    assert written_timetable(LEGAL[-2:]) == "driving hall 0 2\nmaps cabin 1 1\n"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("radio hall 0", "Line 2: There should be course, room, day, period, not “radio hall 0”."),
        ("swimming hall 0 0", "Line 2: There is no course “swimming”."),
        ("radio pool 0 0", "Line 2: There is no room “pool”."),
        ("radio hall 9 0", "Line 2: The day should be a whole number from 0 to 1, not “9”."),
        ("radio hall 0 x", "Line 2: The period should be a whole number from 0 to 2, not “x”."),
    ],
)
def test_wrong_line_of_a_timetable_is_one_sentence(line: str, sentence: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_timetable(f"maps hall 0 2\n{line}\n", SMALL)

    assert str(refused.value) == sentence
