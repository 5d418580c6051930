"""A real PostgreSQL for the tests: installed if missing, and run as a temporary cluster."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

_SETTINGS = (
    "listen_addresses=",  # its own socket only: nothing is opened to the network
    "fsync=off", "full_page_writes=off", "synchronous_commit=off",  # the cluster is thrown away
    "max_connections=30", "shared_buffers=16MB",
)  # fmt: skip


class NoServer(Exception):  # noqa: N818 - a reason to skip, not a fault
    """Why there is no PostgreSQL here."""


@frozen
class Server:
    """A cluster that is running."""

    socket: Path
    """The folder of its socket."""
    user: str
    """Who runs it, and owns all in it."""
    programs: Path
    """The folder of its programs."""

    def url(self, database: str) -> str:
        """Return the URL of a database."""
        return f"postgresql://{self.user}@/{database}?host={self.socket}"

    def create(self, database: str) -> str:
        """Make a database and return its URL."""
        import psycopg
        from psycopg.sql import SQL, Identifier

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(database)))
        return self.url(database)


@contextmanager
def run_server() -> Iterator[Server]:
    """Run a temporary cluster as an unprivileged user; raises `NoServer` where there is none.

    A server that is there and does not start is a fault, and no reason to skip.
    """
    programs = _find_programs() or _install()
    user = _choose_user()
    account = pwd.getpwnam(user)
    # Not pytest's folder: a path to a socket may have no more than 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    data = folder / "data"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-s"]
    try:
        os.chown(folder, account.pw_uid, account.pw_gid)
        _call([str(programs / "initdb"), "-D", str(data), "-U", user, "-A", "trust", "-N",
               "-E", "UTF8", "--locale=C"], user)  # fmt: skip
        settings = " ".join(
            f'-c "{word}"' for word in (*_SETTINGS, f"unix_socket_directories={folder}")
        )
        _call([*control, "-l", str(folder / "log"), "-o", settings, "start"], user)
        try:
            yield Server(folder, user, programs)
        finally:
            _call([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _find_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if found:
        return found[-1].parent
    path = shutil.which("pg_ctl")
    return Path(path).resolve().parent if path and shutil.which("initdb") else None


def _install() -> Path:
    """Install Debian's package, without its own cluster; only root can."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoServer("PostgreSQL is not installed, and only root on Debian can install it here")
    settings = Path("/etc/postgresql-common/createcluster.d/copydesk-tests.conf")
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("create_main_cluster = false\n")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends",
                  "postgresql"]):  # fmt: skip
        done = subprocess.run(["apt-get", *words], env=quiet, capture_output=True, text=True,
                              timeout=600, check=False)  # fmt: skip
        if done.returncode:
            raise NoServer(f"apt-get {words[0]} failed: {done.stderr.strip()[-300:]}")
    programs = _find_programs()
    if programs is None:
        raise NoServer("Debian's package postgresql brought no pg_ctl")
    return programs


def _choose_user() -> str:
    """Return who is to run it: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    names = {account.pw_name for account in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise NoServer("there is no unprivileged user to run PostgreSQL as")


def _call(words: list[str], user: str) -> None:
    """Run a program as a user; what it prints is told only if it fails."""
    account = pwd.getpwnam(user)
    other = os.geteuid() != account.pw_uid
    rights = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if other else {}
    with tempfile.TemporaryFile() as output:  # no pipe: the server would hold it open
        done = subprocess.run(  # type: ignore[call-overload]
            words, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, timeout=120,
            check=False, **rights,
        )  # fmt: skip
        output.seek(0)
        told = output.read().decode(errors="replace").strip()
    if done.returncode:
        raise RuntimeError(f"{Path(words[0]).name} failed: {told[-1000:]}")
