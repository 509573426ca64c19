# Two commands do all the set-up: `make run` and `make test`. The README gives the plain pip lines beside them.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
RAW ?= data/raw
OUT ?= data/processed
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check lock dvc.yaml metadata clean

run: $(VENV)/installed
	$(BIN)/crisiswatch run --raw $(RAW) --out $(OUT) --params params.yaml

test: $(VENV)/installed-dev run check
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with PYTHON=")'
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

# Needs `uv` and a package index; run after every change of the dependencies in pyproject.toml.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra install pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra install --extra dev --extra dvc --extra dask -c requirements.lock pyproject.toml -o requirements-dev.lock

dvc.yaml:
	$(BIN)/python -m pipeline.dvc > dvc.yaml

# All that is written from the code; run after a change of pipeline/stages.py or pipeline/tables/. Tests keep it current.
metadata: dvc.yaml
	$(BIN)/python -m pipeline.codebook > docs/codebook.md
	$(BIN)/python -m pipeline.datapackage > datapackage.json
	$(BIN)/python -m pipeline.croissant > croissant.json

clean:
	rm -rf $(VENV) data/processed/*
