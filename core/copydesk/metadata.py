"""What a page, or the collection it comes from, says about it."""

from __future__ import annotations

from attrs import astuple, frozen


@frozen(slots=False)
class Metadata:
    """What is said about a document: by its page, or by the collection that it comes from."""

    title: str | None = None
    """Headline."""
    authors: tuple[str, ...] = ()
    """One name each, in the order of the page."""
    published: str | None = None
    """ISO 8601 date or date-time."""
    modified: str | None = None
    """ISO 8601 date or date-time."""
    publisher: str | None = None
    """Name of the site or the newspaper."""
    url: str | None = None
    """Canonical address."""
    description: str | None = None
    """Summary or standfirst."""
    categories: tuple[str, ...] = ()
    """Sections of the site."""
    tags: tuple[str, ...] = ()
    """Keywords."""
    image: str | None = None
    """Address of the main image."""
    language: str | None = None
    """BCP 47 tag that the page declares, which may be wrong."""

    def filled(self, other: Metadata) -> Metadata:
        """Return what this says, and where it says nothing what `other` does, field by field."""
        pairs = zip(astuple(self, recurse=False), astuple(other, recurse=False), strict=True)
        return Metadata(*(mine or theirs for mine, theirs in pairs))


UNTOLD = Metadata()
"""What nobody says anything about."""
