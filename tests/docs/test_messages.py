"""The index of messages holds every message of the lint."""

from __future__ import annotations

from tests.docs.messages import find_templates, match_messages


def test_every_message_has_an_example() -> None:
    """Each kind of message in the code is shown by a test, and so by the index."""
    missing = [
        f"{template.module}.py:{template.line}: {'...'.join(template.pieces)}"
        for _, template, message in match_messages()
        if message is None
    ]

    assert [] == missing


def test_templates_are_told_apart() -> None:
    """A message fits the template that it was made from, and not any other text."""
    templates = [template for _, template in find_templates()]
    fitting = [t for t in templates if t.fits("the key 'a' is already set in line 3; remove one")]

    assert ["the key '...' is already set in line ...; remove one"] == [
        "...".join(template.pieces) for template in fitting
    ]
    assert len(templates) > 100
