# The development workflow. `make demo` and `make test` set up everything that they need.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# The first Python that is new enough; PYTHON=/path/to/python wins.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

.PHONY: help demo run test check fix prove bench lock setup clean

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 16

setup: $(READY)  ## make .venv with everything in it

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "needtoknow needs Python 3.11 or newer: install it, or name one: make $(or $(firstword $(MAKECMDGOALS)),setup) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@echo "Setting up $(VENV) (about half a minute, once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(READY)

demo: $(READY)  ## run the demo: five days of a made-up world, no account and no network
	@$(BIN)/needtoknow demo $(DEMO)

run: $(READY)  ## run the bot (token in NEEDTOKNOW_TOKEN)
	@$(BIN)/needtoknow run

test: $(READY)  ## format, lint, import rules, types and all tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest -q -n $(shell nproc 2>/dev/null || echo 2) --dist loadfile -m "not slow" --cov --cov-report=term:skip-covered $(TESTS)

check: test  ## the same

fix: $(READY)  ## format and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

prove: $(READY)  ## the long proofs, whole instead of a seeded sample
	@NEEDTOKNOW_HYPOTHESIS=prove $(BIN)/python -m pytest -q -m "slow or not slow" --timeout 1800

bench: $(READY)  ## measure quality and speed (labelled sets in NEEDTOKNOW_DATA)
	@$(BIN)/python -m benchmarks

lock: $(READY)  ## renew constraints.txt, and requirements.lock with its hashes for the image (by Python 3.11)
	@$(BIN)/pip-compile --quiet --strip-extras --all-build-deps --extra dev --extra postgres --output-file constraints.txt pyproject.toml \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-annotate --no-header --upgrade
	@sed -i '/^#/d;/^$$/d' constraints.txt
	@$(BIN)/pip-compile --quiet --strip-extras --all-build-deps --extra postgres --generate-hashes --allow-unsafe --constraint constraints.txt \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-annotate --no-header --output-file requirements.lock pyproject.toml
	@sed -i '/^#/d;/^$$/d' requirements.lock

clean:  ## remove .venv and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

.PHONY: pictures
pictures: $(READY)  ## take the pictures of docs/pictures anew (needs Chromium and Playwright)
	@$(BIN)/python -m tests.sandbox.page.pictures docs/pictures

.PHONY: edition-pictures
edition-pictures: $(READY)  ## take a picture of every kind of edition into build/editions, to be looked at
	@$(BIN)/python -m tests.sandbox.page.edition_pictures build/editions
