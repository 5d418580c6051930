"""Steps of which each does one thing that no step should do."""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from attrs import define, evolve, frozen

from copydesk.api import Document, Drop, Entity, Metadata, NoOptions, Segment, StepSpec, step

_SEEN: list[str] = []
"""What a step should not keep: it outlives each of them."""


@frozen
class Options:
    """How loud."""

    marks: int = 1
    """How many exclamation marks to add."""


@frozen
class Undocumented:  # noqa: D101 - this is what is wrong with it
    marks: int = 1
    times: int = 2


@define
class Thawed:
    """Options that are not frozen."""

    marks: int = 1
    """How many."""


@frozen
class Odd:
    """Options that YAML cannot hold."""

    match: Callable[[str], bool] = str.isupper
    """A function."""


@frozen
class Shout:
    """Does all that a step should, and well."""

    options: Any

    def process(self, document: Document) -> Document | Drop:
        """Say it louder."""
        if not (document.text or "").strip():
            return Drop("nothing to shout")
        return document.with_text((document.text or "").upper() + "!")


@step("kit.louder", gives=("text",))
def louder(document: Document, *, marks: int = 1) -> Document:
    """Says it louder, and does all well.

    :param marks: How many exclamation marks to add.
    """
    return document.with_text((document.text or "").upper() + "!" * marks)


class Step:
    """A step that does nothing; the ones below do one thing more."""

    def __init__(self, options: Any) -> None:
        self.options = options

    def process(self, document: Document) -> Any:
        """Give the document back."""
        return document


class Empty(Step):
    """Takes for granted that there is a first word."""

    def process(self, document: Document) -> Any:
        """Find it."""
        return document.with_extra("first", word=(document.text or "").split()[0])


class Hostile(Step):
    """Takes for granted that a text can be encoded."""

    def process(self, document: Document) -> Any:
        """Encode it."""
        return document.with_extra("bytes", size=len((document.text or "").encode()))


class Latin(Step):
    """Takes for granted that letters are those of the West."""

    def process(self, document: Document) -> Any:
        """Encode it."""
        (document.text or "").encode("cp1252", "strict")
        return document


class Killed(Step):
    """Ends its process over a long text."""

    def process(self, document: Document) -> Any:
        """Crash."""
        if len(document.text or "") > 200_000:
            os.abort()
        return document


class Endless(Step):
    """Never comes back from a long text."""

    def process(self, document: Document) -> Any:
        """Hang, in C."""
        if len(document.text or "") > 200_000:
            max(itertools.count())
        return document


class Needy(Step):
    """Asks for a language that it did not say it needs."""

    def process(self, document: Document) -> Any:
        """Take the language."""
        language: Any = document.language
        return document.with_extra("code", is_long=len(language.code) > 2)


class Idle(Step):
    """Gives nothing of what it promised."""


class Meddler(Step):
    """Changes what it did not say it gives."""

    def process(self, document: Document) -> Any:
        """Set a title."""
        return evolve(document, metadata=Metadata(title="mine"))


class Thief(Step):
    """Changes what another plugin has found, in the document that it was given."""

    def process(self, document: Document) -> Any:
        """Change it in place."""
        for values in document.extra.values():
            if isinstance(values, dict):
                values["stolen"] = True
        return document


class Misplaced(Step):
    """Finds an entity where it is not."""

    def process(self, document: Document) -> Any:
        """Find it one character too far."""
        word = (document.text or "x").split(maxsplit=1)[:1] or ["x"]
        return evolve(document, entities=(Entity(1, 1 + len(word[0]), word[0], "WORD"),))


class Mistyped(Step):
    """Gives a number where there should be text."""

    def process(self, document: Document) -> Any:
        """Link the first character to a number."""
        link: Any = 42
        text = document.text or ""
        if not text:
            return document
        return evolve(document, entities=(Entity(0, 1, text[0], "X", link=link),))


class Unmapped(Step):
    """Draws a map that is wrong."""

    def process(self, document: Document) -> Any:
        """Cut the first letter, and say that it is still there."""
        text = (document.text or "")[1:]
        if not text:
            return document
        return evolve(document, text=text, segments=(Segment(0, len(text), 0, len(text)),))


class Speechless(Step):
    """Drops without a reason."""

    def process(self, document: Document) -> Any:
        """Drop it."""
        return Drop("")


class Wordless(Step):
    """Drops for what is no reason."""

    def process(self, document: Document) -> Any:
        """Drop it."""
        reason: Any = 404
        return Drop(reason)


class Forgetful(Step):
    """Puts tuples where JSON has lists."""

    def process(self, document: Document) -> Any:
        """Add them."""
        return document.with_extra("pairs", found=[(1, 2)])


class Moody(Step):
    """Draws by lot."""

    def process(self, document: Document) -> Any:
        """Add a number."""
        return document.with_extra("mood", today=random.random())


class Hashing(Step):
    """Takes the first of a set."""

    def process(self, document: Document) -> Any:
        """Add a word."""
        words = list(set((document.text or "").split()))
        return document.with_extra("word", any=words[:1])


class Sharing:
    """Keeps what it was told where others of its kind keep it too."""

    def __init__(self, options: Any) -> None:
        type(self).options = options

    options: Any = None

    def process(self, document: Document) -> Any:
        """Add the number of whoever came last."""
        return document.with_extra("marks", many=self.options.marks)


class Remembering(Step):
    """Remembers the documents before."""

    def process(self, document: Document) -> Any:
        """Add how many there were."""
        _SEEN.append(document.item.uri)
        return document.with_extra("seen", before=len(_SEEN))


class Batched:
    """Does well in batches."""

    def __init__(self, options: Any) -> None:
        self.options = options

    def process_batch(self, documents: Sequence[Document]) -> Sequence[Document]:
        """Say each louder."""
        return [document.with_extra("shout", loud=True) for document in documents]


class Counting(Batched):
    """Lets a document know what others are in its batch."""

    def process_batch(self, documents: Sequence[Document]) -> Sequence[Document]:
        """Add how many they are."""
        return [document.with_extra("batch", size=len(documents)) for document in documents]


class Losing(Batched):
    """Loses the last one of a batch."""

    def process_batch(self, documents: Sequence[Document]) -> Sequence[Document]:
        """Give back one less."""
        return documents[: max(1, len(documents) - 1)]


class Chatty(Step):
    """Prints."""

    def process(self, document: Document) -> Any:
        """Say so."""
        print("hello")  # noqa: T201 - this is what is wrong with it
        return document


class Wandering(Step):
    """Changes the environment."""

    def process(self, document: Document) -> Any:
        """Set a variable."""
        os.environ["WANDERED"] = f"{time.monotonic()}"
        return document


class Clinging(Step):
    """Cannot be closed."""

    def close(self) -> None:
        """Fail."""
        raise RuntimeError("not yet")


def spec(build: Any, options: Any = NoOptions, **about: Any) -> StepSpec[Any]:
    """Return the spec of a step that says it gives `extra`, if nothing else is said."""
    return StepSpec("bad", options, build, **{"gives": ("extra",), **about})
