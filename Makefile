# Two commands do all the set-up: make run, make test.
.PHONY: run test install check lock fuzz bench clean
.DEFAULT_GOAL := run

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

run: install
	@$(BIN)/python app.py serve

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

clean:
	rm -rf $(VENV) .data .mypy_cache .ruff_cache .pytest_cache .hypothesis
