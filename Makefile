# One door for people, schedulers and CI. `make` alone lists what there is.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup report test test-all check lab bench bench-truth lock

# The first Python on the PATH that is new enough; or say which: make setup PYTHON=/path/to/python
PYTHON ?= $(shell for python in python3.11 python3 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin
LOCKED := .venv/.locked
INSTALLED := .venv/.installed
SAMPLE := .sample/tieout.toml
SAMPLE_SOURCES := $(shell find src/tieout/demo data/online_retail -type f -not -name '*.pyc' 2>/dev/null)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: $(INSTALLED) ## .venv with tieout and the locked dependencies, nothing else

report: $(SAMPLE) ## load, reconcile and report the sample company
	$(BIN)/tieout run --config $(SAMPLE) --reports reports
	@echo "Open $$(ls -t reports/*/*/leadership.html | head -n 1) in a browser; reports/index.html lists all reports."

# Neighbours stay in one process, so that what a file or folder of tests starts from is made once.
PYTEST := $(BIN)/pytest -n auto --dist worksteal

test: $(INSTALLED) ## the test suite, without the long tests
	$(PYTEST) -m "not long"

test-all: $(INSTALLED) ## the whole test suite
	$(PYTEST)

check: $(INSTALLED) ## style, types and import direction
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lab: $(SAMPLE) ## JupyterLab on the sample company
	@test -e .sample/tieout.duckdb || $(MAKE) --no-print-directory report
	$(BIN)/tieout lab --config $(SAMPLE)

bench: $(INSTALLED) ## the benchmarks, which measure and judge nothing
	@set -e; for bench in $(filter-out %/bench_truth.py,$(sort $(wildcard tests/bench/*.py))); do echo "== $$bench"; $(BIN)/python "$$bench"; done

bench-truth: $(INSTALLED) ## the accuracy on synthetic companies, measured into docs/accuracy.md
	$(BIN)/python tests/bench/bench_truth.py

lock: $(INSTALLED) ## requirements.lock from pyproject.toml (delete it first to upgrade everything)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra lab --extra lakes --extra learning --extra pdf --extra postgres --extra dev --output-file requirements.lock pyproject.toml

# A changed lock makes a new environment, so that nothing stays in it that is no longer locked.
$(LOCKED): requirements.lock
	@test -n "$(PYTHON)" || { echo "tieout needs Python 3.11 or newer on the PATH, or make PYTHON=..." >&2; exit 1; }
	@echo "Installing the locked dependencies into .venv; this takes a few minutes, once."
	@"$(PYTHON)" -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(INSTALLED): $(LOCKED) pyproject.toml
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(SAMPLE): $(SAMPLE_SOURCES) | $(INSTALLED)
	$(BIN)/python -m tieout.demo.retail .sample
	@touch $@
