# Two commands do everything on a machine with Python >= 3.11 and make:
#   make run    the default chain over seeds/, records in out/news.db
#   make test   the whole suite
PYTHON ?= python3
VENV := .venv
DATA ?= 
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test lint docs bench faults quality wheel clean

run: $(VENV)/.run
	$(BIN)/copydesk run config/news.yaml

test: $(VENV)/.test
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m cogapp --check -P README.md docs/*.md docs/plugins/*.md docs/reference/*.md

docs: $(VENV)/.dev
	$(BIN)/copydesk schema record > core/copydesk/record.schema.json
	$(BIN)/copydesk schema config > config/chain.schema.json
	$(BIN)/python -m cogapp -r -P README.md docs/*.md docs/plugins/*.md docs/reference/*.md

bench: $(VENV)/.test
	$(BIN)/python tests/benchmarks/floor.py $(DATA)
	$(BIN)/python tests/benchmarks/incremental.py
	$(BIN)/python tests/benchmarks/startup.py

faults: $(VENV)/.test
	$(BIN)/python -m pytest tests/faults --long

quality: $(VENV)/.test
	$(BIN)/python tests/quality/$(AREA).py $(DATA)

wheel: $(VENV)/.dev
	rm -rf dist
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) dist out

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[test]'
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[dev]'
	touch $@
