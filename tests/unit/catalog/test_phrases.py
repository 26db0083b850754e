import pytest

from pipelines.catalog.phrases import Found, Phrases


def found(text, *phrases, every=frozenset()):
    index = Phrases({"all": [(phrase, phrase) for phrase in phrases]}, every)
    return [(text[hit.start : hit.end], hit.payload) for hit in index.find(text)["all"]]


def test_the_longest_phrase_that_begins_at_a_place_wins():
    assert found("Funds for poor counties grew.", "poor", "poor counties") == [("poor counties", "poor counties")]


def test_with_every_the_shorter_ones_are_found_too():
    hits = found("poor counties", "poor", "poor counties", every=frozenset({"all"}))
    assert hits == [("poor counties", "poor counties"), ("poor", "poor")]


@pytest.mark.parametrize(
    ("text", "phrase", "hit"),
    [
        ("They relocated.", "relocat*", "relocated"),
        ("An oil-tea base", "oil tea", "oil-tea"),
        ("The “Rain” Plan", "rain plan", "Rain” Plan"),
        ("Farmers' shares", "farmers' shares", "Farmers' shares"),
        ("实施整村推进", "整村推进", "整村推进"),
        ("A planet", "plan", None),
        ("Les ménages", "m", None),
        ("Rain, plan", "rain plan", None),
    ],
)
def test_how_phrases_match(text, phrase, hit):
    assert found(text, phrase) == ([(hit, phrase)] if hit else [])


def test_vocabularies_do_not_hide_each_other():
    index = Phrases({"long": [("drinking water projects", 1)], "short": [("drinking water", 2)]})
    hits = index.find("drinking water projects")
    assert ([hit.payload for hit in hits["long"]], [hit.payload for hit in hits["short"]]) == ([1], [2])


@pytest.mark.parametrize(("phrase", "cause"), [("", "empty"), ("ab*", "at least 3 letters")])
def test_a_phrase_that_cannot_be_indexed(phrase, cause):
    with pytest.raises(ValueError, match=cause):
        Phrases({"all": [(phrase, 1)]})


def test_hits_are_looked_up_by_place():
    hits = Found(Phrases({"all": [("a b", 1), ("c", 2)]}).find("a b c a b")["all"])
    assert [hit.payload for hit in hits.within(0, 5)] == [1, 2]
    assert hits.last(0, 8).payload == 2
    assert hits.first(1, 9).start == 4
    assert hits.first(5, 5) is None
    assert hits.last(5, 5) is None


def test_a_letter_that_grows_in_small_letters_moves_nothing():
    text = "İ poor counties"
    [(words, _)] = found(text, "poor counties")
    assert words == "poor counties"
