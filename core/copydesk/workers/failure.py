"""A chain that could not be built, on its way from the child that tried to the parent."""

from __future__ import annotations

import traceback

from attrs import astuple, frozen

from copydesk.errors import CopydeskError, PluginError, StoreError

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
        return cls("PluginError", text, "".join(traceback.format_exception(error)))

    def plain(self) -> tuple[str, ...]:
        """Return it as it is sent."""
        return astuple(self)

    def error(self) -> CopydeskError:
        """Return the error to raise in the parent; the traceback is a note on it."""
        error = _KINDS.get(self.kind, CopydeskError)(self.text)
        if self.traceback:
            error.add_note(self.traceback)
        return error


def explain(error: BaseException) -> str:
    """Return an error in one line, even one that cannot say what it is."""
    try:
        words = " ".join(str(error).split())
    except Exception as failed:  # noqa: BLE001 - what a plugin's error raises is no error of ours
        words = f"its message cannot be read, {type(failed).__name__}"
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _cause(error: BaseException) -> str:
    cause = error.__cause__
    return "" if cause is None else "".join(traceback.format_exception(cause))
