"""How a text is divided."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk_language.piece import divide, sentences


def cut(text: str, least: int = 0) -> list[str]:
    """Return the pieces as they stand."""
    return [text[piece.start : piece.end] for piece in divide(text, least)]


def test_sentences_and_lines() -> None:
    """A piece ends with a sentence or a line; closing quotation marks belong to it."""
    text = "“Wir kommen.“ Er ging. 他说。我们\n\nUnd 3.5 Tage"

    assert ["“Wir kommen.“ ", "Er ging. ", "他说。", "我们\n\n", "Und 3.5 Tage"] == cut(text)


def test_short_sentences_are_joined() -> None:
    """Sentences of a line are joined until they are long enough, lines never."""
    assert ["One. Two. ", "Three.\n", "Four."] == cut("One. Two. Three.\nFour.", least=6)


def test_quotations() -> None:
    """A quotation in another script is a piece, a name is not."""
    quotation = "we are not going to do that again any time soon"

    before, after = "总统昨天在首都举行的记者会上对在场的记者们说：“", "”，然后他离开了会场"

    assert [before, quotation, after] == cut(before + quotation + after)
    assert ["他在 Andreessen Horowitz and Sequoia 工作过很多年"] == cut(
        "他在 Andreessen Horowitz and Sequoia 工作过很多年"
    )


def test_noise_has_no_script() -> None:
    """Numbers, addresses and code have no letters to judge by."""
    pieces = divide("https://example.org/a\n12,5\nx = y[i] ^ {z};\nWord\n")

    assert [None, None, None, "Latn"] == [piece.script for piece in pieces]


@given(st.text(alphabet='aб中の.。!? \n"“”(1)', max_size=60), st.integers(0, 30))
def test_covers(text: str, least: int) -> None:
    """The pieces follow each other from the first character to the last."""
    assert text == "".join(cut(text, least))


@given(st.text(alphabet="ab. \n", max_size=300))
def test_sentences_are_of_the_text(text: str) -> None:
    """What is glanced at stands in the text."""
    assert all(sentence in text for sentence in sentences(text))
