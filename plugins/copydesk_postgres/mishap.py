"""Says in words what a server refuses: which database, what it found, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from copydesk.api import StoreError

_NO_RIGHT = "42501"
_NO_SUCH_TABLE = "42"  # the class of all that a statement names and the database has not
_SAFE = "what was committed is safe, and the next run does the rest"
_ADVICE = {"opened": "try again when it can", "read": "try again", "written": _SAFE}
REPAIR = (
    "its tables are not as copydesk made them; restore them from a copy, or give the store another "
    "schema"
)


@contextmanager
def telling(
    driver: Any, name: str, deed: Literal["opened", "read", "written"], user: str = ""
) -> Iterator[None]:
    """Raise `StoreError` for whatever the server or the driver refuses."""
    try:
        yield
    except driver.Error as error:
        found = error.diag.message_primary or " ".join(str(error).split())
        advice = _advise(error.sqlstate or "", deed, user)
        raise StoreError(f"{name}: the store cannot be {deed}: {found}; {advice}") from error


def find_name(driver: Any, url: str) -> str:
    """Return how a database is called where its URL may not be shown, as it may hold a password.

    Raises `StoreError` for what is no URL, and where a password seems to be taken for a host.
    """
    try:
        words = driver.conninfo.conninfo_to_dict(url)
    except driver.Error as error:
        raise _not_understood() from error
    host, port = str(words.get("host") or ""), str(words.get("port") or "")
    if "@" in host[1:] or not re.fullmatch(r"[\d,]*", port):
        raise _not_understood()
    database = words.get("dbname") or "the database"
    return f"{database} on {host}" if host else str(database)


def _not_understood() -> StoreError:
    return StoreError(
        "the option url of the store is not understood; write postgresql://user@host/name, leave "
        "the password to PGPASSWORD or ~/.pgpass, or write / and @ in it as %2F and %40"
    )


def _advise(state: str, deed: str, user: str) -> str:
    if state == _NO_RIGHT:
        who = f"the user {user}" if user else "this user"
        return f"let the owner of the database give {who} the right to it"
    return REPAIR if state.startswith(_NO_SUCH_TABLE) else _ADVICE[deed]
