"""Tests of a failed build on its way to the parent."""

from __future__ import annotations

import pytest

from copydesk.errors import ConfigError, CopydeskError, PluginError, StoreError
from copydesk.reason import explain
from copydesk.workers.failure import Failure


def travel(error: BaseException) -> CopydeskError:
    """Send an error as a child would and raise it as the parent would."""
    return Failure(*Failure.of(error).plain()).error()


def test_errors_for_users() -> None:
    """An error that is meant for users keeps its class and its words."""
    for kind in (CopydeskError, PluginError, StoreError):
        found = travel(kind("no model; fetch one"))
        assert kind is type(found)
        assert "no model; fetch one" == str(found)


def test_errors_of_plugins() -> None:
    """Any other error is a plugin's, with its traceback as a note."""
    with pytest.raises(ValueError, match="invalid literal") as caught:
        int("bad\nvalue")
    found = travel(caught.value)

    assert PluginError is type(found)
    assert str(found).startswith("the steps cannot be built: ValueError: invalid literal")
    assert "\n" not in str(found)
    assert "test_errors_of_plugins" in found.__notes__[0]


def test_cause() -> None:
    """The traceback of what caused an error for users is not lost."""
    error = PluginError("no model")
    error.__cause__ = OSError("disk")
    found = travel(error)

    assert "no model" == str(found)
    assert "OSError: disk" in found.__notes__[0]


def test_error_that_is_not_made_of_words() -> None:
    """An error for users that cannot be made from its words alone keeps the words."""
    error = ConfigError([])
    found = travel(error)

    assert CopydeskError is type(found)
    assert str(error) == str(found)


def test_explaining() -> None:
    """An error is explained in one line, one without words by its class."""
    assert "ValueError: a b" == explain(ValueError("a\n  b"))
    assert "KeyboardInterrupt" == explain(KeyboardInterrupt())
