"""Goes back to the state at the end of an earlier run, and forgets what only old runs need."""

from __future__ import annotations

import sqlite3

from copydesk.api import StoreError
from copydesk_sqlite.index import remove_records

_KEPT = "SELECT kept FROM run WHERE id = ?"
_CONTENT = (
    "state, size, modified, sha256, fingerprint, step, reason, traceback, attempts, record, told"
)
_PAST = "run <= :past AND (until IS NULL OR until > :past)"
_DIFFERENT = " OR ".join(f"past.{name} IS NOT present.{name}" for name in _CONTENT.split(", "))

# Items whose row of then differs from that of now; none of then: the item was not yet there.
_CHANGES = f"""CREATE TEMP TABLE change AS
SELECT present.id AS present, past.id AS past
FROM ledger AS present
LEFT JOIN (SELECT * FROM ledger WHERE {_PAST}) AS past ON past.key = present.key
WHERE present.until IS NULL AND CASE WHEN past.id IS NULL
  THEN present.state <> 'gone' OR present.record IS NOT NULL ELSE {_DIFFERENT} END"""  # noqa: S608
_REPLACE = "UPDATE ledger SET until = :run WHERE id IN (SELECT present FROM change)"
_RESTORE = f"""INSERT INTO ledger (run, key, {_CONTENT})
SELECT :run, key, {_CONTENT} FROM ledger WHERE id IN (SELECT past FROM change)"""  # noqa: S608
_WITHDRAW = """INSERT INTO ledger
(run, key, state, size, modified, sha256, fingerprint, step, reason, traceback, attempts)
SELECT :run, key, 'gone', size, modified, sha256, '', '', 'not yet there in run ' || :past, '', 0
FROM ledger WHERE id IN (SELECT present FROM change WHERE past IS NULL)"""

_OLDEST = "SELECT id FROM run WHERE kept ORDER BY id DESC LIMIT 1 OFFSET ?"
_FORGET = "DELETE FROM ledger WHERE until <= ? RETURNING record"
_STILL_USED = "DELETE FROM going WHERE id IN (SELECT record FROM ledger WHERE record IS NOT NULL)"


def roll_back(connection: sqlite3.Connection, past: int, run: int) -> dict[str, int]:
    """Make the state at the end of run `past` current, as the work of run `run`.

    Returns how many items were `restored` and `withdrawn`; raises `StoreError` if `past` cannot be
    gone back to. To be called in a transaction.
    """
    found = connection.execute(_KEPT, (past,)).fetchone()
    if found is None or not found[0]:
        raise StoreError(f"there is no run {past} to go back to; `copydesk runs` lists them")
    names = {"past": past, "run": run}
    connection.execute(_CHANGES, names)
    connection.execute(_REPLACE, names)
    restored = connection.execute(_RESTORE, names).rowcount
    withdrawn = connection.execute(_WITHDRAW, names).rowcount
    connection.execute("DROP TABLE temp.change")
    return {"restored": restored, "withdrawn": withdrawn}


def prune(connection: sqlite3.Connection, keep: int) -> None:
    """Remove rows and records that were replaced before the newest `keep` runs had ended.

    To be called in a transaction.
    """
    oldest = connection.execute(_OLDEST, (keep - 1,)).fetchone()
    if oldest is None:
        return
    connection.execute("UPDATE run SET kept = 0 WHERE id < ?", oldest)
    freed = connection.execute(_FORGET, oldest).fetchall()
    connection.execute("CREATE TEMP TABLE going (id INTEGER PRIMARY KEY)")
    connection.executemany(
        "INSERT OR IGNORE INTO going VALUES (?)", [row for row in freed if row[0] is not None]
    )
    connection.execute(_STILL_USED)
    remove_records(connection)
    connection.execute("DROP TABLE temp.going")
