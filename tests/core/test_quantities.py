"""How many, as vaguely as it was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.quantities import OpenList, Qualifier, Quantity, QuantityError

numbers = st.integers(0, 10_000_000)
units = st.sampled_from(["", "troops", "Allied countries", "trainers and advisers", "personnes"])
EXACT_OR_AROUND: tuple[Qualifier, ...] = ("exactly", "around")


def spans() -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair)))


quantities = st.one_of(
    st.builds(
        lambda qualifier, said, unit: Quantity(qualifier, said, said, unit),
        st.sampled_from(EXACT_OR_AROUND),
        numbers,
        units,
    ),
    st.builds(lambda span, unit: Quantity("between", span[0], span[1], unit), spans(), units),
    st.builds(lambda span, unit: Quantity("around", span[0], span[1], unit), spans(), units),
    st.builds(lambda low, unit: Quantity("at least", low, None, unit), numbers, units),
    st.builds(lambda low, unit: Quantity("more than", low, None, unit), numbers, units),
    st.builds(lambda high, unit: Quantity("up to", None, high, unit), numbers, units),
    units.map(lambda unit: Quantity("several", unit=unit)),
    st.just(Quantity.unknown()),
)


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high", "unit"),
    [
        ("up to several hundred", "up to", None, None, ""),
        ("up to several hundred people", "up to", None, None, "people"),
        ("around 120 troops", "around", 120, 120, "troops"),
        ("the 29 Allied countries", "exactly", 29, 29, "Allied countries"),
        ("at least 20", "at least", 20, None, ""),
        ("more than 100", "more than", 100, None, ""),
        ("between 20 and 30", "between", 20, 30, ""),
        ("20–30 trainers", "between", 20, 30, "trainers"),
        ("some 400", "around", 400, 400, ""),
        ("some trainers", "several", None, None, "trainers"),
        ("nearly 1,000", "around", 1000, 1000, ""),
        ("1 000 troops", "exactly", 1000, 1000, "troops"),
        ("1.5 million people", "exactly", 1_500_000, 1_500_000, "people"),
        ("three trainers", "exactly", 3, 3, "trainers"),
        ("20 or more", "at least", 20, None, ""),
        ("20+ trainers", "at least", 20, None, "trainers"),
        ("30 or so", "around", 30, 30, ""),
        ("fewer than 50 people", "up to", None, 49, "people"),
        ("no more than 5", "up to", None, 5, ""),
        ("dozens of trainers", "several", None, None, "trainers"),
        ("more than a dozen", "more than", None, None, ""),
        ("up to around 120", "up to", None, None, ""),
        ("up to 20 to 30", "up to", None, None, ""),
        ("", "not stated", None, None, ""),
        ("not stated", "not stated", None, None, ""),
    ],
)
def test_english_is_read_with_its_qualifier(
    text: str, qualifier: str, low: int | None, high: int | None, unit: str
) -> None:
    found = Quantity.parse(text)
    assert (found.qualifier, found.low, found.high, found.unit) == (qualifier, low, high, unit)
    assert found.wording == text


@pytest.mark.parametrize(
    "text",
    [
        "1,5",
        "1.000",
        "-5",
        "to the moon",
        "a trainer",
        "around",
        "between 20",
        "2020-01-06",
        "1.5",
        "5 000000",
        "fewer than 0",
        "٢٩",
        "30 to 20",
    ],
)
def test_what_says_no_number_for_certain_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(QuantityError) as refused:
        Quantity.parse(text)
    sentence = str(refused.value)
    assert (text in sentence, sentence.endswith("."), sentence.count("\n")) == (True, True, 0)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the 29 Allied countries", "exactly 29 Allied countries"),
        ("nearly 1,000", "around 1,000"),
        ("20-30 trainers", "between 20 and 30 trainers"),
        ("around 20 to 30", "around 20 to 30"),
        ("up to several hundred people", "up to several hundred people"),
        ("a few", "a few"),
        ("", "not stated"),
    ],
)
def test_a_quantity_in_words(text: str, shown: str) -> None:
    assert str(Quantity.parse(text)) == shown


def test_a_wording_in_another_language_is_shown_with_its_qualifier() -> None:
    found = Quantity("up to", unit="personnes", wording="jusqu’à plusieurs centaines de")
    assert str(found) == "up to: “jusqu’à plusieurs centaines de personnes”"


@given(quantities)
def test_no_text_of_a_quantity_drops_its_qualifier(quantity: Quantity) -> None:
    assert str(quantity).startswith(quantity.qualifier)


@given(quantities)
def test_the_text_of_a_quantity_reads_as_the_same_quantity(quantity: Quantity) -> None:
    again = Quantity.parse(str(quantity))
    assert (again.qualifier, again.low, again.high) == (
        quantity.qualifier,
        quantity.low,
        quantity.high,
    )


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert sentence_about(text) in {"", "."}


def sentence_about(text: str) -> str:
    """The end of the sentence that refuses a text; empty if it is read."""
    try:
        Quantity.parse(text)
    except QuantityError as refused:
        return str(refused)[-1:]
    return ""


@pytest.mark.parametrize(
    ("text", "at_least", "at_most"),
    [
        ("29", 29, 29),
        ("around 120", None, None),
        ("at least 20", 20, None),
        ("more than 100", 101, None),
        ("up to 500", None, 500),
        ("between 20 and 30", 20, 30),
        ("up to several hundred", None, None),
        ("", None, None),
    ],
)
def test_only_what_was_said_can_be_relied_on(
    text: str, at_least: int | None, at_most: int | None
) -> None:
    found = Quantity.parse(text)
    assert (found.surely_at_least, found.surely_at_most) == (at_least, at_most)


def test_vague_quantities_have_no_sum() -> None:
    with pytest.raises(TypeError):
        sum([Quantity.parse("around 120"), Quantity.parse("up to 500")])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("exactly", 1, 2),
        ("exactly", None, None),
        ("between", 2, 1),
        ("at least", None, 3),
        ("up to", 3, None),
        ("around", -1, -1),
        ("several", 3, 3),
        ("not stated", 3, 3),
        ("up to", None, None),  # no number and no wording says nothing
    ],
)
def test_numbers_that_do_not_fit_the_qualifier_are_refused(
    qualifier: Qualifier, low: int | None, high: int | None
) -> None:
    with pytest.raises(QuantityError, match="do not fit"):
        Quantity(qualifier, low, high)


def test_an_unknown_qualifier_is_refused() -> None:
    with pytest.raises(QuantityError, match="not a qualifier"):
        Quantity("precisely", 1, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "items", "is_open"),
    [
        ("such as Australia, Sweden, and Finland", ("Australia", "Sweden", "Finland"), True),
        ("Australia, Sweden and others", ("Australia", "Sweden"), True),
        ("France, Germany, etc.", ("France", "Germany"), True),
        ("Belgium and Luxembourg", ("Belgium", "Luxembourg"), False),
        ("Finland", ("Finland",), False),
        ("", (), True),
    ],
)
def test_lists_are_open_or_closed(text: str, items: tuple[str, ...], *, is_open: bool) -> None:
    assert OpenList.parse(text) == OpenList(items, open=is_open)


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        (
            OpenList(("Australia", "Sweden", "Finland"), open=True),
            "such as Australia, Sweden and Finland",
        ),
        (OpenList(("Belgium", "Luxembourg"), open=False), "Belgium and Luxembourg"),
        (OpenList((), open=True), "not stated"),
        (OpenList((), open=False), "none"),
    ],
)
def test_a_list_in_words_shows_whether_it_is_open(named: OpenList, shown: str) -> None:
    assert str(named) == shown
