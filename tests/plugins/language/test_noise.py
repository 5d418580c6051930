"""What is told apart from prose."""

from __future__ import annotations

import pytest

from copydesk_language.noise import code_share, is_noise, strip_noise


def test_prose_stays() -> None:
    """Abbreviations, prices, brackets and hyphens are prose."""
    text = "The U.S. firm (xAI) paid $5.2 billion for a 25% stake, e.g. in COVID-19 tests."

    assert text == strip_noise(text)


@pytest.mark.parametrize(
    "noise",
    [
        "https://example.org/a?b=c",
        "name@example.org",
        "c00211fd18555a953518b61259c6c9657b6b738b",
        "document.getElementById(x)",
        "iJE/IPb3LbAi0k0KltrUPBYXwamOeBKeAyc3EGXQlYZPFa2guEbBwOvFNIrceZrfh",
    ],
)
def test_noise_goes(noise: str) -> None:
    """Addresses, keys and code are taken out, the words around them stay."""
    assert ["before", "after"] == strip_noise(f"before {noise} after").split()


def test_long_words_are_noise() -> None:
    """A word of more than 45 letters is none."""
    assert not is_noise("Donaudampfschifffahrtsgesellschaft")
    assert is_noise("a" * 46)


def test_code_has_marks() -> None:
    """Code has many marks that prose has not."""
    assert code_share("for (int i = 9; i < n; ++i) { buf[i] ^= key[i % 8]; }") > 0.3
    assert code_share("The squad is good; the boys are really enjoying it.") < 0.1
