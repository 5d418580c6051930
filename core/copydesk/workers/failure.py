"""A chain that could not be built, on its way from the child that tried to the parent."""

from __future__ import annotations

from attrs import astuple, frozen

from copydesk.errors import CopydeskError, PluginError, StoreError
from copydesk.reason import explain, format_trace

_KINDS = {kind.__name__: kind for kind in (PluginError, StoreError)}


@frozen
class Failure:
    """Why there is nothing to work with, in words."""

    kind: str
    """Name of the error's class."""
    text: str
    traceback: str = ""
    """Of the error, or of the cause of a `CopydeskError`."""

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """Describe what building the chain raised."""
        if isinstance(error, CopydeskError):
            return cls(type(error).__name__, str(error), _cause(error))
        text = f"the steps cannot be built: {explain(error)}"
        return cls("PluginError", text, format_trace(error))

    def plain(self) -> tuple[str, ...]:
        """Return it as it is sent."""
        return astuple(self)

    def error(self) -> CopydeskError:
        """Return the error to raise in the parent; the traceback is a note on it."""
        error = _KINDS.get(self.kind, CopydeskError)(self.text)
        if self.traceback:
            error.add_note(self.traceback)
        return error


def _cause(error: BaseException) -> str:
    cause = error.__cause__
    return "" if cause is None else format_trace(cause)
