"""Mistakes with functions that a type checker finds; each line with one says so at its end."""

from __future__ import annotations

from copydesk.api import Document, Drop, spec_of, step


@step("right", gives=("text",))
def right(document: Document, *, marks: int = 1) -> Document | Drop:
    return document if marks else Drop("silent")


@step("wrong", gives=("text",))  # error
def wrong_result(document: Document) -> str | None:
    return document.text


@step("wrong", give=("text",))  # error
def wrong_key(document: Document) -> Document:
    return document


def use(document: Document) -> None:
    right(document, marks=2)
    right(document, marks="two")  # error
    spec_of(right).name.upper()
    document.with_extra("right").removed[0].reasons  # error
    document.text = "new"  # error
