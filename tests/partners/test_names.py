"""Two ways of writing a name are one name, and names stand in the order that a Dane looks for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.partners import names


@given(st.text())
def test_a_key_is_its_own_key(name):
    assert names.key(names.key(name)) == names.key(name)


@given(st.text())
def test_spaces_around_tell_nobody_apart(name):
    assert names.key(f"  {name}\t\n") == names.key(name)


@given(st.text(alphabet="abcæøåéÆØÅÉ ", max_size=30))
def test_large_letters_tell_nobody_apart(name):
    assert names.key(name.upper()) == names.key(name) == names.key(name.lower())


@given(st.text())
def test_keys_fit_their_columns(name):
    long = name * 400
    assert len(names.key(long)) <= names.LONGEST
    assert len(names.sort_key(long)) <= names.LONGEST


@pytest.mark.parametrize("letter", "æøåäöü")
def test_danish_and_german_letters_are_letters_of_their_own(letter):
    assert names.key(letter) == letter


@pytest.mark.parametrize(("one", "other"), [("Café", "cafe"), ("ALLÉ", "alle"), ("à la carte", "a la carte")])
def test_accents_tell_nobody_apart(one, other):
    assert names.key(one) == names.key(other)


def test_the_alphabet_ends_with_the_danish_letters():
    in_order = ["3F", "Abe", "Zebra", "»Ælle«", "Øre", "Aabenraa", "Åby", "Aarhus"]
    assert sorted(set(in_order), key=names.sort_key) == in_order


@pytest.mark.parametrize(
    "other",
    ["teatret", "teateret", "teatret i aarhus", "tea tret", "teatret."],
)
def test_names_that_are_nearly_the_same_are_found(other):
    assert names.alike("teatret", {other, "museet"}) == {other}


@pytest.mark.parametrize("other", ["museet", "te", "", "tea"])
def test_others_are_left_in_peace(other):
    assert names.alike("teatret", {other}) == set()


def test_one_of_few_letters_is_not_found_in_all_that_begin_so():
    assert names.alike("bo", {"boldklubben", "bo"}) == {"bo"}


@given(st.text(min_size=1), st.sets(st.text(), max_size=5))
def test_a_name_is_always_like_itself(name, others):
    key = names.key(name)
    assert key in names.alike(key, {key, *map(names.key, others)})
