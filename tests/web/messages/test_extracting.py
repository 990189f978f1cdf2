"""What is found in Python and in templates, without GNU gettext."""

from pathlib import Path

from cadre.web.messages.extracting import Text, texts_in_python, texts_in_template, texts_of


def test_python_gives_its_texts() -> None:
    code = (
        'gettext("plain")\n_("under" "lined")\ngettext_lazy("late")\n'
        'ngettext("one", "many", n)\npgettext_lazy("page", "Board")\n'
        'npgettext("page", "one row", "many rows", n)\n'
    )

    assert list(texts_in_python(code)) == [
        Text("plain"),
        Text("underlined"),
        Text("late"),
        Text("one", plural="many"),
        Text("Board", "page"),
        Text("one row", "page", "many rows"),
    ]


def test_text_named_by_a_variable_is_none() -> None:
    assert list(texts_in_python("_(label)\npgettext('page', label)\n")) == []


def test_template_gives_its_texts() -> None:
    source = """{% load i18n %}<p title="{% translate "don't" %}">
      {% translate 'Ask' context "page" %}
      {% blocktranslate trimmed count n=rows %}
        One row of {{ name }}
      {% plural %}
        {{ n }} rows of {{ name }}
      {% endblocktranslate %}</p>"""

    assert list(texts_in_template(source)) == [
        Text("don't"),
        Text("Ask", "page"),
        Text("One row of %(name)s", plural="%(n)s rows of %(name)s"),
    ]


def test_indentation_of_a_template_does_not_matter() -> None:
    source = '    {% translate "in" %}\n  {% translate "out" %}\n      {% translate "far" %}'

    assert [text.singular for text in texts_in_template(source)] == ["in", "out", "far"]


def test_each_text_is_found_once_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "migrations").mkdir()
    (tmp_path / "views.py").write_text('_("b"), _("a"), _("row")')
    (tmp_path / "migrations" / "0001.py").write_text('_("old")')
    (tmp_path / "templates" / "page.html").write_text('{% translate "a" %}')
    (tmp_path / "rows.py").write_text('ngettext("row", "rows", 2)')
    (tmp_path / "notes.html").write_text('{% translate "no template" %}')

    assert texts_of(tmp_path) == [Text("a"), Text("b"), Text("row", plural="rows")]
