"""Tests the evidence for a reading."""

from copydesk.api import Candidate
from copydesk_encoding.reading import WEIGHTS, Reading, compare, score

RIGHT = Reading((Candidate("windows-1254", 0.2),), "Boots gibi mağazalarda", is_first=False)
WRONG = Reading((Candidate("windows-1252", 0.2),), "Boots gibi maðazalarda", is_first=False)


def test_every_piece_of_evidence_has_a_weight() -> None:
    """There are as many weights as pieces of evidence, and none speaks the wrong way."""
    assert len(WEIGHTS) == len(RIGHT.list_evidence(compare([RIGHT, WRONG], 1)))
    assert min(WEIGHTS) > 0


def test_what_reads_well_scores_higher() -> None:
    """With equal statistics the text that looks like a language wins."""
    scale = compare([RIGHT, WRONG], 1)

    assert score(RIGHT.list_evidence(scale)) > score(WRONG.list_evidence(scale))


def test_statistics_count_more_in_long_texts() -> None:
    """The more bytes beyond ASCII there are, the more the statistics say."""
    behind = Reading((Candidate("windows-1254", 0.1),), RIGHT.text, is_first=False)
    few, many = (score(behind.list_evidence(compare([behind, WRONG], high))) for high in (2, 100))

    assert many < few


def test_a_space_that_does_not_break_is_no_word() -> None:
    """A sign between two words is compared with the languages together with them."""
    space = Reading((Candidate("windows-1252", 0.2),), "Um 14:00\u00a0Uhr", is_first=False)

    assert space.list_evidence(compare([space], 1))[9] > 0
