"""Nothing that a report, a name or a catalogue holds becomes markup, a script or a turn of the text."""

import jinja2
import pytest

from pipelines.publishing.site.render import POLICY, environment, visible

ATTACKS = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "place", ["<p>{{ x }}</p>", '<a href="#" title="{{ x }}">y</a>', '<bdi lang="{{ x }}">y</bdi>']
)
def test_an_attack_stays_text(attack, place):
    import html5lib

    page = environment().from_string(f"<!DOCTYPE html><title>t</title>{place}").render(x=attack)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    [element] = tree.find("body")
    assert not list(element)
    assert set(element.attrib) <= {"href", "title", "lang"}
    assert attack in ("".join(element.itertext()), element.get("title"), element.get("lang"))


def test_signs_that_hide_or_turn_text_are_named():
    assert visible("a\u202eb\u2066c\u200bd\x00") == "a[U+202E]b[U+2066]c[U+200B]d[U+0000]"
    assert environment().from_string("{{ x }}").render(x="\u202e803") == "[U+202E]803"


def test_what_people_write_stays_as_it_is():
    text = "江西省\t803 million – “Rain Plan”\n100 %"
    assert visible(text) == text


def test_a_name_that_a_template_misses_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ absent }}").render()


def test_the_policy_lets_no_text_of_a_page_run():
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'")
