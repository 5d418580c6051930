"""Mistakes with classes that a type checker finds; each line with one says so at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from attrs import frozen

from copydesk.api import Document, Item, SourceSpec, StepSpec
from copydesk.api import Undeclared  # error


@frozen
class Options:
    marks: int = 1


@frozen
class Others:
    marks: int = 1


@frozen
class Shout:
    options: Options

    def process(self, document: Document) -> Document:
        return document


@frozen
class Mumble:
    options: Options

    def process(self, document: Document) -> str | None:
        return document.text


@frozen
class Together:
    options: Options

    def process_batch(self, documents: Sequence[Document]) -> list[Document]:
        return list(documents)


@frozen
class Lines:
    options: Options

    def items(self) -> Iterator[Item]:
        yield Item("a")


@contextmanager
def build(options: Options) -> Iterator[Shout]:
    yield Shout(options)


right = StepSpec("shout", Options, Shout, gives=("text",))
batches = StepSpec("together", Options, Together, batch_size=8)
entered = StepSpec("entered", Options, build)
wrong_options = StepSpec("shout", Others, Shout)  # error
wrong_result = StepSpec("mumble", Options, Mumble)  # error
wrong_kind = StepSpec("shout", Options, Shout, kind="entity")  # error
wrong_gives = StepSpec("shout", Options, Shout, gives="text")  # error
wrong_key = StepSpec("shout", Options, Shout, give=("text",))  # error
wrong_extra = StepSpec("shout", Options, Shout, extra={"shout": Options()})  # error
no_read = SourceSpec("lines", Options, Lines)  # error
