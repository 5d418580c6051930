"""The project of a new plugin: its names, and the files that are written for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from string import Template

from attrs import field, frozen

from copydesk.api import API_VERSION
from copydesk.errors import CopydeskError

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_ARTICLE = "Old library opens again\n\nThe library of Marsfeld reopens on Monday.\n"
_USAGES = {
    "step": "chain:\n  - encoding.chardet\n  - use: {name}\n    options: {{least: 8}}",
    "source": "source: {{use: {name}, options: {{path: articles}}}}",
    "store": "store: {{use: {name}, options: {{path: out/{module}.db}}}}",
    "executor": "executor: {{use: {name}, options: {{workers: 2}}}}",
}
_DEPENDENCIES = {"step": "", "store": ', "attrs", "msgspec"'}


def _is_name(_: object, _attribute: object, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise CopydeskError(
            f"a plugin cannot be named '{name}'; give words in lower case with dots between them, "
            "such as 'reading.time'"
        )


def _bare(name: str) -> str:
    return name.removeprefix("copydesk-")


@frozen(slots=False)
class Starter:
    """A plugin that is about to be begun."""

    name: str = field(converter=_bare, validator=_is_name)
    """As chains use it: `reading.time`."""
    kind: str
    """`step`, `source`, `store` or `executor`."""

    @property
    def distribution(self) -> str:
        """What it is installed as: `copydesk-reading-time`."""
        return f"copydesk-{self._words('-')}"

    @property
    def module(self) -> str:
        """What it is imported as: `copydesk_reading_time`."""
        return f"copydesk_{self._words('_')}"

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The files of the project, by their paths in it."""
        made = {
            "pyproject.toml": self._fill("any/pyproject.toml"),
            "README.md": self._fill("any/README.md"),
            ".github/workflows/test.yml": self._fill("any/test.yml"),
            f"{self.module}.py": self._fill(f"{self.kind}/module.py"),
            f"tests/test_{self._words('_')}.py": self._fill(f"{self.kind}/test.py"),
        }
        if self.kind == "source":
            made["tests/articles/a.txt"] = _ARTICLE
        return made

    def write(self, folder: Path) -> None:
        """Write the project; raises `CopydeskError` if there is something in the folder."""
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CopydeskError(f"{folder} is there already; give another place as --directory")
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")

    def _words(self, between: str) -> str:
        return re.sub(r"[._]+", between, self.name)

    def _fill(self, template: str) -> str:
        text = (_TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
        words = self._words("_")
        return Template(text).substitute(
            name=self.name,
            kind=self.kind,
            distribution=self.distribution,
            module=self.module,
            entry=words,
            function=words,
            namespace=words,
            class_name="".join(word.capitalize() for word in words.split("_")),
            api=f">={API_VERSION},<{int(API_VERSION.partition('.')[0]) + 1}",
            usage=_USAGES[self.kind].format(name=self.name, module=self.module),
            dependencies=_DEPENDENCIES.get(self.kind, ', "attrs"'),
        )
