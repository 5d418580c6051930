"""What a step has declared is what it may give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve, frozen

from copydesk.api import Document, Entity, Item, Metadata, NoOptions, Removed, StepSpec
from copydesk.steps.promise import Promise

DOCUMENT = Document(
    Item("a.txt"),
    text="ISBN 3",
    entities=(Entity(5, 6, "3", "NUMBER", step="other"),),
    removed=(Removed(None, None, "x", "comments", "other"),),
).with_extra("other", anything=1)
Change = Callable[[Document], Document]


@frozen
class Book:
    """What the test's step knows of a book."""

    isbn: str
    pages: int | None = None
    editions: tuple[int, ...] = ()


def hold(change: Change, **declared: Any) -> None:
    """Hold a change to what a step has declared."""
    gives = ("entities", "removed", "metadata", "extra")
    spec = StepSpec("x.it", NoOptions, lambda _: _nothing(), gives=gives, **declared)
    Promise(spec).check(DOCUMENT, change(DOCUMENT), "mine")


def _nothing() -> Any:
    return None


def entity(label: str) -> Change:
    """Return a change that adds an entity."""
    found = Entity(0, 4, "ISBN", label, step="mine")
    return lambda document: evolve(document, entities=(*document.entities, found))


def cut(reason: str) -> Change:
    """Return a change that removes something."""
    piece = Removed(None, None, "x", reason, "mine")
    return lambda document: evolve(document, removed=(*document.removed, piece))


def extra(namespace: str, **values: Any) -> Change:
    """Return a change that adds data of its own."""
    return lambda document: document.with_extra(namespace, **values)


@pytest.mark.parametrize(
    ("change", "declared"),
    [
        (lambda document: document, {"labels": ("ISBN",), "extra": {"book": Book}}),
        (entity("ISBN"), {"labels": ("ISBN", "ISSN")}),
        (entity("ANY"), {}),
        (entity("ANY"), {"reasons": ("advert",)}),
        (cut("advert"), {"reasons": ("advert",)}),
        (lambda d: evolve(d, metadata=Metadata(title="T")), {"metadata": ("title",)}),
        (extra("book", isbn="3"), {"extra": {"book": Book}}),
        (extra("book", isbn="3", pages=7, editions=[1, 2]), {"extra": {"book": Book}}),
        (extra("book", isbn="3", pages=None, editions=(1,)), {"extra": {"book": Book}}),
        (extra("any", any=object), {}),
    ],
)
def test_what_is_declared_may_be_given(change: Change, declared: Any) -> None:
    """What is declared passes, and where nothing is declared, everything does."""
    hold(change, **declared)


@pytest.mark.parametrize(
    ("change", "declared", "words"),
    [
        (entity("ISSN"), {"labels": ("ISBN",)}, "entities with the label 'ISSN', which its labels"),
        (
            cut("comments"),
            {"reasons": ("advert",)},
            "with the reason 'comments', which its reasons",
        ),
        (
            lambda d: evolve(d, metadata=Metadata(url="u")),
            {"metadata": ("title",)},
            "metadata in the field 'url', which its metadata",
        ),
        (extra("boot", isbn="3"), {"extra": {"book": Book}}, "in the namespace 'boot', which"),
        (extra("book", isbm="3"), {"extra": {"book": Book}}, "with the key 'isbm', which its Book"),
        (
            extra("book", isbn=3),
            {"extra": {"book": Book}},
            r"Expected `str`, got `int` - at `\$.isbn",
        ),
        (extra("book", pages=3), {"extra": {"book": Book}}, "missing required field `isbn`"),
        (
            extra("book", isbn="3", editions=["x"]),
            {"extra": {"book": Book}},
            r"at `\$.editions\[0\]",
        ),
    ],
)
def test_what_is_not_declared_is_refused(change: Change, declared: Any, words: str) -> None:
    """Whatever else a step gives is an error that names it, and where it should be declared."""
    with pytest.raises(ValueError, match=words):
        hold(change, **declared)


def test_work_of_other_steps_is_theirs() -> None:
    """What other steps gave before, under other labels and reasons, is no fault of this one."""
    hold(entity("ISBN"), labels=("ISBN",), reasons=("advert",), extra={"book": Book})


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ({"metadata": ("titel",)}, "the metadata has no field 'titel'; did you mean 'title'"),
        ({"extra": {"Book": Book}}, "a namespace cannot be named 'Book'"),
        ({"extra": {"book": dict}}, "book. must be a frozen attrs class"),
        ({"labels": ("ISBN",), "gives": ("text",)}, "'entities' is not in gives"),
        ({"reasons": ("advert",), "gives": ("text",)}, "'removed' is not in gives"),
        ({"metadata": ("title",), "gives": ("text",)}, "'metadata' is not in gives"),
        ({"extra": {"book": Book}, "gives": ("text",)}, "'extra' is not in gives"),
    ],
)
def test_declaration_that_cannot_be(declared: Any, words: str) -> None:
    """A declaration that makes no sense is refused when the spec is made."""
    given = {"gives": ("metadata", "extra"), **declared}

    with pytest.raises(ValueError, match=words):
        StepSpec("x.it", NoOptions, lambda _: _nothing(), **given)
