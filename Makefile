# Two commands matter: `make run` and `make test`. Everything is installed into .venv; nothing is written elsewhere.
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
UV := UV_CACHE_DIR=$(CURDIR)/.venv/cache UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=hardlink $(BIN)/uv
COMMONPLACE := $(BIN)/commonplace

.PHONY: run demo install test check lint types layers messages requirements benchmarks clean

run: install
	@exec $(COMMONPLACE) serve

demo: install
	@exec $(COMMONPLACE) demo

install: .venv/installed

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Commonplace needs Python 3.11 or newer; on Debian: apt-get install python3 (or name yours: make PYTHON=python3.12)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make an environment; on Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --no-cache-dir --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/installed: .venv/uv pyproject.toml requirements/base.txt
	@echo "Installing what Commonplace needs into .venv ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/tested: .venv/installed requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

requirements: .venv/uv
	@for pair in "base:" "dev:--extra dev"; do env -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS -u UV_INDEX_URL \
		$(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		$${pair#*:} pyproject.toml -o requirements/$${pair%%:*}.txt; done
