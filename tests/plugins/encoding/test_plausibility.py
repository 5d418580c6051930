"""Tests what a declared encoding must not make of a text."""

import pytest

from copydesk_encoding.plausibility import is_plausible

RUSSIAN = "Правительство объявило о новых мерах поддержки."


@pytest.mark.parametrize(
    ("text", "plausible"),
    [
        ("plain", True),
        ("Größere Mühen für Äpfel, déjà vu à l'été", True),
        (RUSSIAN, True),
        (RUSSIAN.encode("cp1251").decode("latin-1"), False),
        (RUSSIAN.encode("koi8-r").decode("cp1251"), False),
        ("Größe für Mühe".encode("latin-1").decode("cp1251"), False),
        ("“quoted”".encode("cp1252").decode("latin-1"), False),
    ],
)
def test_wrong_encodings_are_implausible(text: str, plausible: bool) -> None:
    """What a wrong encoding gives is told from text by its words."""
    assert plausible == is_plausible(text)
