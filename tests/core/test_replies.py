"""What an answer in words means: only an exact form is safe, and any word for help is help."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cadre.core.accountability import Meaning, Reply, State, read_reply
from cadre.core.accountability.help_words import PREFIXES, STEMS, WORDS
from cadre.core.accountability.replies import ASKED_FOR, folded, written

CODE = "K7F3"
FORMS = [*ASKED_FOR, "1"]
SAFE, HELP, UNCLEAR = Meaning.SAFE, Meaning.HELP, Meaning.UNCLEAR


def meaning(text: str, code: str | None = CODE) -> Meaning:
    return read_reply(text, code=code, numeral=True).meaning


# --- safe -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ASKED_FOR)
def test_exact_form_alone_or_with_the_code_is_safe(form: str) -> None:
    said = [form, f" {form.lower()} ", f"{form}.", f"{form}!", f"{form} {CODE}", f"{form} k7f3."]

    assert [meaning(each) for each in said] == [SAFE] * len(said)


@pytest.mark.parametrize(
    "text",
    [
        "Ｓafe",
        "en securite",
        "En Sécurité.",
        "saine et sauve",
        "بِخَيْرٍ",
        "بخيـــر",
        "سالمه",
        "انا بامان",
        "إنا بأمان",
        "بخیر",
        "\N{RIGHT-TO-LEFT MARK}بخير\N{RIGHT-TO-LEFT MARK}",
        "بخير K٧F٣",
        "بخير،",
    ],
)
def test_ways_to_write_a_safe_form_on_other_keyboards(text: str) -> None:
    assert meaning(text) is SAFE


@pytest.mark.parametrize("one", ["1", "١", "۱", "１", "1 K7F3", "1."])
def test_numeral_is_safe_only_where_the_message_asked_for_it(one: str) -> None:
    asked, not_asked = (read_reply(one, code=CODE, numeral=each) for each in (True, False))

    assert (asked.meaning, not_asked.meaning) == (SAFE, UNCLEAR)


def test_code_of_no_muster_or_of_another_is_no_part_of_a_safe_answer() -> None:
    assert meaning("SAFE K7F3", None) is UNCLEAR
    assert meaning("SAFE Q2X9") is UNCLEAR
    assert meaning("SAFE K7F3 K7F3") is UNCLEAR


def test_code_alone_says_nothing() -> None:
    assert meaning(CODE) is UNCLEAR


def test_safe_word_that_is_a_name_of_who_answers_says_nothing() -> None:
    said = [read_reply("سالم", code=CODE, name=name).meaning for name in ("سالم الجبوري", "علي")]

    assert said == [UNCLEAR, SAFE]
    assert read_reply("أنا آمنة", code=CODE, name="آمنة").meaning is UNCLEAR


def test_word_for_security_is_not_the_word_for_secure() -> None:
    assert [meaning(each) for each in ("آمن", "أمن", "امن")] == [SAFE, UNCLEAR, UNCLEAR]


# --- unclear ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "👍",
        "👌",
        "1️⃣",
        "OK",
        "ok",
        "I am ok",
        "I am not ok",
        "not ok",
        "not safe",
        "unsafe",
        "am safe?",
        "safe?",
        "is it safe",
        "SAFE for now",
        ".SAFE",
        "«SAFE»",
        "not SAFE K7F3",
        "yes",
        "no",
        "11",
        "1 2",
        "0",
        "pas en sécurité",
        "sauf Jean",
        "tout va bien",
        "sauve",
        "لست بخير",
        "مو بخير",
        "بخير؟",
        "غير آمن",
        "الحمد لله",
        "أنا قادم",
        "نعم",
    ],
)
def test_all_else_is_unclear(text: str) -> None:
    answer = read_reply(text, code=CODE, numeral=True)

    assert (answer.meaning, answer.found, answer.state) == (UNCLEAR, "", None)


# --- help -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("HELP", "help"),
        ("no help needed", "help"),
        ("SAFE, but Tom needs help", "help"),
        ("SAFE HELP", "help"),
        ("h.e.l.p", "help"),
        ("h e l p", "help"),
        ("heeeelp!!", "help"),
        ("pleasehelpme", "help"),
        ("ｈｅｌｐ", "help"),
        ("he\N{ZERO WIDTH SPACE}lp", "help"),
        ("S.O.S", "sos"),
        ("🆘", "🆘"),
        ("not ok, under attack", "attack"),
        ("ATTAAACK", "attack"),
        ("we are trapped", "trapped"),
        ("I'm injured", "injur"),
        ("Aidez-moi", "aide"),
        ("à l’aide", "aide"),
        ("au secours", "secour"),
        ("je suis blessé", "blesse"),
        ("sain et sauf mais Marie est blessée", "blessee"),
        ("URGENCE", "urgence"),
        ("piégés au sous-sol", "piege"),
        ("sauve-moi", "sauve moi"),
        ("du sang partout", "sang"),
        ("ساعدوني", "ساعد"),
        ("أحتاج المساعدة", "ساعد"),
        ("النجدة", "نجده"),
        ("أنقذوني", "انقذ"),
        ("أنا جريح", "جريح"),
        ("بخير لكن زميلي مُصاب", "مصاب"),
        ("إصابة", "اصاب"),
        ("نزيــف", "نزيف"),
        ("نحن محاصرون", "محاصر"),
        ("هجوم", "هجوم"),
        ("الإسعاف", "اسعاف"),
        ("في خطر", "خطر"),
        ("طوارئ", "طواري"),
        ("بالدم", "دم"),
    ],
)
def test_word_for_help_is_found_in_three_languages(text: str, word: str) -> None:
    answer = read_reply(text, code=CODE, numeral=True)

    assert (answer.meaning, answer.found, answer.state) == (HELP, word, State.NEED_HELP)


@pytest.mark.parametrize("text", ["studying", "footage", "I said so", "potager", "القادم"])
def test_short_word_for_help_is_not_found_within_another(text: str) -> None:
    assert meaning(text) is UNCLEAR


def test_answer_says_which_word_decided_and_what_was_compared() -> None:
    assert read_reply(" Sauf K7F3!", code=CODE) == Reply(SAFE, "sauf k7f3!", "SAUF")


def test_words_for_help_stand_in_the_lists_as_they_are_compared() -> None:
    assert [each for each in (*STEMS, *WORDS, *PREFIXES) if folded(each) != each] == []


def test_no_form_that_is_asked_for_has_a_word_for_help_in_it() -> None:
    assert [each for each in FORMS if meaning(each) is not SAFE] == []


# --- whatever is written ----------------------------------------------------------------------

letters = st.characters(categories=["L", "N"])
texts = st.one_of(
    st.text(max_size=30),
    st.text(st.sampled_from("safehlp ok.?!1أانبخيرسلمةآ"), max_size=30),
    st.lists(st.sampled_from([*FORMS, *STEMS, *WORDS, CODE, "not", "I am", "لست"])).map(" ".join),
)
EXACT = {written(f"{form}{end}") for form in FORMS for end in ("", f" {CODE}")}


@given(texts, st.sampled_from(STEMS), texts)
def test_text_with_a_stem_for_help_is_help_whatever_is_around_it(
    before: str, stem: str, after: str
) -> None:
    assume(not after or not unicodedata.combining(after[0]))

    assert meaning(f"{before}{stem}{after}") is HELP
    assert meaning(f"{before} {stem.upper()} {after}") is HELP


@given(texts, st.sampled_from(PREFIXES), st.sampled_from(WORDS), texts)
def test_text_with_a_word_for_help_is_help_whatever_is_around_it(
    before: str, prefix: str, word: str, after: str
) -> None:
    assert meaning(f"{before} {prefix}{word}, {after}") is HELP


@given(texts)
def test_no_text_but_the_exact_forms_is_safe(text: str) -> None:
    if meaning(text) is SAFE:
        assert written(text).rstrip(" .,;:!،؛۔") in EXACT


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_letter_inserted_into_a_safe_form_is_not_safe(form: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(form)))
    letter = data.draw(letters | st.sampled_from("aesnulfkAESانبخيرسلمة1"))
    assume(written(letter) not in {"", " "})  # it is a vowel sign or stretches a letter
    changed = f"{form[:place]}{letter}{form[place:]}"
    assume(written(changed) not in EXACT)

    assert meaning(changed) is not SAFE


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_letter_left_out_of_a_safe_form_is_not_safe(form: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(form) - 1))
    changed = form[:place] + form[place + 1 :]
    assume(written(changed) not in EXACT)

    assert meaning(changed) is not SAFE


@given(st.sampled_from(FORMS), st.text(letters, min_size=1, max_size=8), st.booleans())
def test_word_beside_a_safe_form_is_not_safe(form: str, word: str, before: bool) -> None:  # noqa: FBT001  # generated
    changed = f"{word} {form}" if before else f"{form} {word}"
    assume(written(changed).strip() not in EXACT)

    assert meaning(changed) is not SAFE


@given(
    st.sampled_from(FORMS), st.sampled_from(["not", "no", "pas", "ne", "لست", "غير", "لا", "مو"])
)
def test_safe_form_that_is_denied_is_not_safe(form: str, no: str) -> None:
    assert [meaning(f"{no} {form}"), meaning(f"{form} {no}")] == [UNCLEAR, UNCLEAR]
