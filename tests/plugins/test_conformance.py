"""Every bundled plugin, put through the kit that `copydesk.testing` has for anyone's."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.postgres_server import Server
from tests.root import ROOT

from copydesk.registry import Registry, Seam
from copydesk.testing import (
    EXECUTOR_CHECKS,
    SOURCE_CHECKS,
    STEP_CHECKS,
    STORE_CHECKS,
    Check,
    ExecutorBench,
    SourceBench,
    StepBench,
    StoreBench,
    articles,
)

REGISTRY = Registry.installed()
OPTIONS = {
    "entities.amounts": {"max_amounts": 50},  # so that a text of the kit comes to the bound
    "entities.names": {"max_candidates": 5},
}


def bundled(seam: Seam) -> list[Any]:
    """Return the specs that come with Copydesk."""
    return [offer.spec for offer in REGISTRY.offers(seam) if offer.plugin == "copydesk"]


def name_of(spec: Any) -> str:
    """Return what a spec is called in the names of tests."""
    return str(spec.name)


@pytest.fixture(scope="module", params=bundled("step"), ids=name_of)
def step(request: pytest.FixtureRequest) -> StepBench:
    """Return each step in turn."""
    spec = request.param
    return StepBench(spec, spec.options(**OPTIONS.get(spec.name, {})))


@pytest.fixture(scope="module", params=bundled("source"), ids=name_of)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SourceBench:
    """Return each source in turn, at a folder with files of every kind."""
    folder = tmp_path_factory.mktemp("every kind")
    fill(folder)
    return SourceBench(request.param, request.param.options(path=folder))


@pytest.fixture(scope="module", params=bundled("store"), ids=name_of)
def store(request: pytest.FixtureRequest) -> StoreBench:
    """Return each store in turn."""
    spec = request.param
    if spec.name != "postgres":
        return StoreBench(spec, lambda path: spec.options(path=path))
    server: Server = request.getfixturevalue("server")
    made: dict[Path, str] = {}

    def options_at(path: Path) -> Any:
        if path not in made:
            made[path] = server.create(uuid4().hex)
        return spec.options(url=made[path])

    return StoreBench(spec, options_at)


@pytest.fixture(scope="module", params=bundled("executor"), ids=name_of)
def executor(request: pytest.FixtureRequest) -> ExecutorBench:
    """Return each executor in turn, with two workers."""
    return ExecutorBench(request.param, request.param.options(workers=2))


def fill(folder: Path) -> None:
    """Put articles of every kind that `folder` reads into a folder, and some that it refuses."""
    for path in (ROOT / "seeds").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    pages = {f"{article.code}.html": article.as_page().encode() for article in articles()}
    (folder / "below").mkdir()
    (folder / "below" / "ü.html").write_bytes(pages["de.html"])
    (folder / "packed.txt.gz").write_bytes(gzip.compress(pages["fr.html"], mtime=0))
    (folder / "broken.txt.gz").write_bytes(b"\x1f\x8b\x08 broken")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for name, page in pages.items():
            archive.writestr(name, page)
    with tarfile.open(folder / "pages.tar.gz", "w:gz") as archive:
        for name, page in pages.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(page)
            archive.addfile(entry, io.BytesIO(page))
    lines = [json.dumps({"id": a.code, "title": a.title, "text": a.text}) for a in articles()]
    (folder / "lines.jsonl").write_text("\n".join([*lines, "{broken", ""]), "utf-8")
    mail = f"Subject: News\nContent-Type: text/plain; charset=utf-8\n\n{articles()[0].text}"
    (folder / "letter.eml").write_bytes(mail.encode())


@pytest.mark.parametrize("check", STEP_CHECKS)
def test_step(step: StepBench, check: Check[StepBench]) -> None:
    """Every bundled step is what the kit asks of a step."""
    check(step)


@pytest.mark.parametrize("check", SOURCE_CHECKS)
def test_source(source: SourceBench, check: Check[SourceBench]) -> None:
    """Every bundled source is what the kit asks of a source."""
    check(source)


@pytest.mark.parametrize("check", STORE_CHECKS)
def test_store(store: StoreBench, check: Check[StoreBench]) -> None:
    """Every bundled store is what the kit asks of a store."""
    check(store)


@pytest.mark.parametrize("check", EXECUTOR_CHECKS)
def test_executor(executor: ExecutorBench, check: Check[ExecutorBench]) -> None:
    """Every bundled executor is what the kit asks of an executor."""
    check(executor)
