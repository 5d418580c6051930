"""Opens an existing store by its path, for the verbs that read one."""

from __future__ import annotations

from pathlib import Path

from copydesk.errors import PluginError, StoreError
from copydesk.registry import Registry
from copydesk.spec import Store, StoreSpec


def open_store(use: str, path: Path) -> Store:
    """Return the store of kind `use` at `path`; raises `StoreError` where there is none."""
    if not path.exists():
        raise StoreError(f"{path}: there is no store here; `copydesk run` makes one")
    spec = Registry.installed().offer("store", use).spec
    if not isinstance(spec, StoreSpec):
        raise PluginError(f"'{use}' is not a store")
    return spec.build(spec.options(path=path))
