# Two commands do all the set-up: make run, make test.
.PHONY: run dev test install check lock fuzz bench clean
.DEFAULT_GOAL := run

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

run: install
	@$(BIN)/python app.py serve

dev: install
	@$(BIN)/python app.py serve --reload

test: install check
	@$(BIN)/python -m pytest

check: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python app.py export --check

install: $(VENV)/installed

$(VENV)/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@echo "Installing the locked dependencies into $(VENV): about half a minute"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

# Locks pyproject.toml's versions and all they need, with hashes and without naming an index.
lock: install
	@$(BIN)/python -m pip install --quiet pip-tools==7.6.2
	@$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --no-header --extra development --output-file requirements.txt pyproject.toml

fuzz: install
	@FUZZ=1 $(BIN)/python -m pytest tests/fuzz

bench: install
	@$(BIN)/python -m tests.bench

# The data of a DATA_DIR elsewhere stays, but a server that runs on it needs the virtual environment, too.
clean:
	@for data in .data "$(or $(DATA_DIR),$(shell sed -n 's/^DATA_DIR=//p' .env 2>/dev/null | tr -d \"))"; do \
		pid=$$(head -n 1 "$$data/postgres/postmaster.pid" 2>/dev/null) && kill -0 "$$pid" 2>/dev/null || continue; \
		echo "A server runs on $$data (its PostgreSQL is process $$pid): stop it first." >&2; exit 1; \
	done
	rm -rf $(VENV) .data .mypy_cache .ruff_cache .pytest_cache .hypothesis
