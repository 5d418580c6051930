"""The folder of the repository, and the desk that the kit has for anyone's tests."""

from __future__ import annotations

from pathlib import Path

from copydesk.testing import Desk

ROOT = Path(__file__).parents[1]
"""The folder of the repository."""

__all__ = ["ROOT", "Desk"]
