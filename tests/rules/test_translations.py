"""Every text of every page is there in every language; so is every word of a choice."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from cadre.web.messages.catalogue import Place
from cadre.web.messages.work import judged
from cadre.web.wording import POSTURE_WORDS

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("cadre.")
    for model in config.get_models()
]
# Words that say no, none or nothing, for which "not stated" must never be taken.
DENIALS = {"fr": {"non", "néant", "aucun", "rien"}, "ar": {"لا", "لا يوجد", "لا شيء"}}


@pytest.mark.parametrize("language", OTHERS)
def test_catalogue_has_no_fault(language: str) -> None:
    places = [Place(Path(settings.LOCALE_PATHS[0]), language)]

    assert judged(settings.SOURCE, places) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_words_of_a_choice_can_be_translated(model: type) -> None:
    fields = [field for field in model._meta.get_fields() if isinstance(field, Field)]  # type: ignore[attr-defined]  # a model has it
    plain = [
        (field.name, str(word))
        for field in fields
        for _value, word in field.choices or ()
        if not isinstance(word, Promise)
    ]

    assert plain == []


@pytest.mark.parametrize("language", OTHERS)
def test_not_stated_is_never_read_as_no(language: str) -> None:
    with override(language):
        unknown = gettext("not stated")
        others = {gettext(word) for word in ("no", "none", "nothing", "never")}

    assert unknown not in others | DENIALS[language]


@pytest.mark.parametrize("language", [settings.LANGUAGE_CODE, *OTHERS])
def test_postures_have_words_of_their_own(language: str) -> None:
    """Suspended is neither stopped in part nor restricted, and none of them is cancelled."""
    with override(language):
        words = [str(word) for word in POSTURE_WORDS.values()]
        cancelled = gettext("Cancel")

    assert len({*words, cancelled}) == len(POSTURE_WORDS) + 1
