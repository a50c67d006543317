"""Texts compared word by word."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from kotacerdas.word_diff import Kind, Piece, word_diff

words = st.lists(st.sampled_from(["kota", "cerdas", " ", "\n", ",", "é", "dan"]), max_size=30)


def side(pieces: tuple[Piece, ...], kind: Kind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in (Kind.KEPT, kind))


def test_a_replaced_word_is_shown_as_removed_and_added():
    assert word_diff("Kota yang cerdas.", "Kota yang melayani.") == (
        Piece(Kind.KEPT, "Kota yang "),
        Piece(Kind.REMOVED, "cerdas"),
        Piece(Kind.ADDED, "melayani"),
        Piece(Kind.KEPT, "."),
    )


def test_a_replaced_phrase_is_one_change_and_not_word_by_word():
    assert word_diff("satu dua tiga", "empat lima tiga") == (
        Piece(Kind.REMOVED, "satu dua"),
        Piece(Kind.ADDED, "empat lima"),
        Piece(Kind.KEPT, " tiga"),
    )


def test_equal_texts_are_one_kept_piece_and_empty_ones_none():
    assert word_diff("sama", "sama") == (Piece(Kind.KEPT, "sama"),)
    assert word_diff("", "") == ()
    assert word_diff("", "baru") == (Piece(Kind.ADDED, "baru"),)


@given(words, words)
def test_the_pieces_make_both_texts(before, after):
    old, new = "".join(before), "".join(after)
    pieces = word_diff(old, new)
    assert (side(pieces, Kind.REMOVED), side(pieces, Kind.ADDED)) == (old, new)
    assert all(piece.text for piece in pieces)


def test_two_long_texts_are_compared_by_lines_within_a_moment():
    old = "\n".join(f"baris {number} dan kata yang sama" for number in range(2_000))
    new = old.replace("baris 7 ", "baris tujuh ")
    began = time.perf_counter()
    pieces = word_diff(old, new)
    assert time.perf_counter() - began < 2
    assert Piece(Kind.REMOVED, "baris 7 dan kata yang sama\n") in pieces
