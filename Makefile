# Two commands matter: `make run` and `make test`. Everything is installed into .venv; nothing is written elsewhere.
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
KEEP := env XDG_CACHE_HOME=$(CURDIR)/.venv/cache XDG_CONFIG_HOME=$(CURDIR)/.venv/config MPLCONFIGDIR=$(CURDIR)/.venv/config
# The same roots of trust as pip: a company's own certificate authority stands in the system's store.
ROOTS := $(firstword $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem))
UV := $(if $(ROOTS),UV_SYSTEM_CERTS=1) UV_CACHE_DIR=$(CURDIR)/.venv/cache UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=hardlink $(BIN)/uv
# pip asks rustc for its version, and rustup answers by writing where it lives.
export RUSTUP_HOME ?= $(CURDIR)/.venv/cache/rustup
COMMONPLACE := $(BIN)/commonplace
LOCALE := src/commonplace/web/locale
CATALOGS := $(wildcard $(LOCALE)/*/LC_MESSAGES/django.po)
PROCESSES ?= 2
PYTEST := $(KEEP) $(BIN)/pytest -q -n $(PROCESSES) --dist worksteal
BABEL := $(BIN)/pybabel --quiet
HAS_BROWSER := command -v chromium || command -v chromium-browser || command -v google-chrome

.PHONY: run demo install cluster mail java test check lint types layers test-postgresql browser messages reference requirements samples benchmarks hostile gallery pictures mutants clean

run: install
	@exec $(COMMONPLACE) serve

demo: install
	@exec $(COMMONPLACE) demo

install: .venv/installed $(CATALOGS:.po=.mo)

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Commonplace needs Python 3.11 or newer; on Debian: apt-get install python3 (or name yours: make PYTHON=python3.12)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make an environment; on Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --no-cache-dir --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/installed: .venv/uv pyproject.toml requirements/base.txt
	@echo "Installing what Commonplace needs into .venv ..."
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/base.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/tested: .venv/installed requirements/dev.txt
	@echo "Installing what the tests need into .venv ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# The other engine of figures: Spark, 430 MB. docs/operator/cluster.md says when it is worth it.
cluster: .venv/cluster java

.venv/cluster: .venv/installed requirements/cluster.txt
	@echo "Installing Spark into .venv ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/cluster.txt
	@touch $@

# To send letters by a service's interface instead of SMTP: docs/operator/letters.md says when.
mail: .venv/mail

.venv/mail: .venv/installed requirements/mail.txt
	@echo "Installing django-anymail into .venv ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/mail.txt
	@touch $@

java:
	@command -v java >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing Java 17 for Spark ..." \
		&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openjdk-17-jre-headless >/dev/null; } \
		|| { echo "Spark needs Java 17; on Debian: apt-get install openjdk-17-jre-headless"; exit 1; }

%.mo: %.po | .venv/installed
	@$(BABEL) compile --use-fuzzy --input-file $< --output-file $@

test: install .venv/tested browser
	@$(PYTEST)

check: install .venv/tested browser lint types layers
	@$(PYTEST)

lint: .venv/tested
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "make this tidy: $(BIN)/ruff format ."; exit 1; }

types: .venv/tested
	@COMMONPLACE_DATA=$(CURDIR)/.venv/data $(BIN)/mypy

layers: .venv/tested
	@$(BIN)/lint-imports --no-cache

test-postgresql: install .venv/tested
	@.ci/with-postgresql $(PYTEST) -m "not journey" --database-only

# The journeys need a browser, and Playwright cannot fetch its own everywhere.
browser:
	@{ $(HAS_BROWSER); } >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing chromium for the journeys ..." \
		&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
		|| echo "No browser here: the journeys are left out. On Debian: apt-get install chromium"

messages: .venv/tested
	@$(BABEL) extract -F pyproject.toml -k gettext_lazy -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 -k Rule -k _role --no-location --sort-output --omit-header -o .venv/django.pot src/commonplace
	@for language in fr; do test -f $(LOCALE)/$$language/LC_MESSAGES/django.po \
		|| $(BABEL) init -D django -i .venv/django.pot -d $(LOCALE) -l $$language; done
	@$(BABEL) update --ignore-pot-creation-date -D django -i .venv/django.pot -d $(LOCALE) --no-fuzzy-matching --ignore-obsolete

reference: .venv/installed
	@$(BIN)/python -m commonplace.web.reference docs/reference

# Of the evidence of a new verb or version; what is frozen already stays.
samples: .venv/installed
	@$(BIN)/python -m commonplace.ledger.samples tests/ledger/samples.json

benchmarks: .venv/tested
	@set -e; for one in benchmarks/*.py; do $(BIN)/python $$one; done
	@.ci/with-postgresql $(BIN)/python benchmarks/serve.py

# Ten thousand texts made to run something, in a real browser; twenty thousand forged requests; ten thousand files. About twenty minutes.
hostile: .venv/tested browser
	@HOSTILE=10000 $(PYTEST) tests/journeys/test_hostile.py tests/trust/test_forging.py tests/files/test_hostile.py

# A picture of each page by width, theme, language and amount, into .venv/gallery; what bars anybody is told. About ten minutes the first
# time: what the pages are about is kept for a day. One page: COMMONPLACE_GALLERY=folder pytest tests/gallery -k practice-390
gallery: install .venv/tested browser
	@mkdir -p .venv/gallery
	@COMMONPLACE_GALLERY=$(CURDIR)/.venv/gallery $(PYTEST) tests/gallery

# The pictures of README.md, from the example, and those of the design language, from its macros.
pictures: install .venv/tested browser
	@$(KEEP) DJANGO_SETTINGS_MODULE=commonplace.web.settings $(BIN)/python -m tests.gallery.shown docs/pictures
	@COMMONPLACE_PIECES=$(CURDIR)/docs/pictures $(PYTEST) tests/gallery/test_pieces.py

# Small wrongs put into copies of the tree, two at a time: which of them does no test notice? About an hour.
mutants: .venv/tested
	@$(KEEP) $(BIN)/python -m tests.mutants

requirements: .venv/uv
	@for pair in "base:" "dev:--extra dev" "cluster:--extra cluster" "mail:--extra mail"; do env -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS -u UV_INDEX_URL \
		$(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		$${pair#*:} pyproject.toml -o requirements/$${pair%%:*}.txt; done

clean:
	@rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist
