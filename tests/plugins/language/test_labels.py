"""The labels of fastText models."""

from __future__ import annotations

import pytest

from copydesk_language.labels import Labels


@pytest.mark.parametrize(
    ("label", "tag"),
    [
        ("__label__fr", "fr"),
        ("__label__fra", "fr"),
        ("__label__fra_Latn", "fr"),
        ("__label__zho_Hans", "zh"),
        ("__label__nob_Latn", "no"),
        ("__label__ceb", "ceb"),
        ("__label__als", "gsw"),
        ("__label__als_Latn", "sq"),
        ("__label__und_Mong", "und"),
    ],
)
def test_labels(label: str, tag: str) -> None:
    """Codes of any kind become the shortest tag; only Wikipedia calls Alemannic `als`."""
    assert tag == Labels().name(label)
