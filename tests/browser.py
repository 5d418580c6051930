"""A real browser without a window, to look at pages as a reader would."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field

# Quiet: without these it asks for hosts on the network at every start.
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
_APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")


def find_chromium() -> str | None:
    """Return the path of Chromium; install Debian's where that is possible and it is missing."""
    found = shutil.which("chromium")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"capture_output": True, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        install = (*_APT, "install", "-y", "--no-install-recommends", "chromium")
        for command in ((*_APT, "update"), install):
            subprocess.run(command, check=False, timeout=900, **quiet)  # type: ignore[call-overload]
        found = shutil.which("chromium")
    return found


@define
class Browser:
    """One tab, spoken to over a pair of pipes in the DevTools protocol."""

    _orders: int
    _answers: int
    _session: str = field(init=False, default="")
    _number: int = field(init=False, default=0)
    _unread: bytes = field(init=False, default=b"")
    requests: list[str] = field(init=False, factory=list)
    """The addresses that pages have asked for."""

    def __attrs_post_init__(self) -> None:
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        answer = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = answer["sessionId"]
        self.ask("Network.enable")
        self.ask("Page.enable")

    def open(self, page: Path, width: int = 1280, *, is_dark: bool = False) -> None:
        """Open a file in a window of a width, in the colours of the day or of the night."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask("Page.navigate", url=page.absolute().as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def evaluate(self, script: str) -> Any:
        """Return what an expression comes to in the page; it may say `window.extra` and so on."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def photograph(self, picture: Path) -> None:
        """Write the whole page as a PNG."""
        answer = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        picture.write_bytes(base64.b64decode(answer["data"]))

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a command and return its answer."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._orders, json.dumps(order).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            more = os.read(self._answers, 1 << 16)
            assert more, "the browser has ended"
            self._unread += more
        text, _, self._unread = self._unread.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        return message


@contextmanager
def open_browser(program: str, profile: Path) -> Iterator[Browser]:
    """Start a browser with an empty profile and end it afterwards."""
    hears, orders = os.pipe()
    answers, says = os.pipe()
    command = [program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
    # The protocol wants the pipes at descriptors 3 and 4; a shell puts them there.
    script = f'exec "$@" 3<&{hears} 4>&{says}'
    process = subprocess.Popen(
        ["bash", "-c", script, "bash", *command],
        pass_fds=(hears, says),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(hears)
    os.close(says)
    try:
        yield Browser(orders, answers)
    finally:
        os.close(orders)
        os.close(answers)
        process.kill()
        process.wait()
