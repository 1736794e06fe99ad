# Two commands do everything: `make site` builds the website, `make test` passes the tests.
# Both set up .venv first, from requirements.lock. Nothing here needs root, conda or Quarto.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
LAB := .venv-lab/bin
NEEDS := $(BIN)/.made-from-requirements.lock
LAB_NEEDS := $(LAB)/.made-from-requirements-lab.lock
CHECKER := build/checker/node_modules/vnu-jar
TESTS := $(BIN)/pytest -n auto --no-loadscope-reorder -rs

.PHONY: site test test-browser checker env lab check format lock bench clean

# Read by the shell from its environment, never as part of a command.
export QUARTER

site: env
	$(BIN)/waggle run --quarter $(if $(QUARTER),"$$QUARTER",all)

test: env checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/waggle check
	$(TESTS)

# The site in Chromium, where one is found: it is part of 'make test'.
test-browser: env checker
	$(TESTS) tests/browser

# The HTML checker, where npm can get it. Its test says that it was skipped where it could not.
checker: $(CHECKER)

$(CHECKER):
	@npm install --silent --no-save --no-audit --no-fund --prefix build/checker vnu-jar@26.9.27 2> /dev/null \
		|| echo "The HTML checker could not be had from npm: its test will be skipped."

env: $(NEEDS)

$(NEEDS): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found. Install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# JupyterLab stands in an environment of its own: it makes every run slower where it is installed.
lab: $(LAB_NEEDS)
	$(LAB)/waggle run --until assessments
	$(LAB)/jupyter lab notebooks

$(LAB_NEEDS): requirements-lab.lock pyproject.toml
	$(PYTHON) -m venv .venv-lab
	$(LAB)/python -m pip install --quiet --disable-pip-version-check -r requirements-lab.lock
	$(LAB)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

check: env
	$(BIN)/waggle check

format: env
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# After a change of the dependencies in pyproject.toml.
lock: env
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --extra dev \
		pyproject.toml requirements-build.in -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --extra lab \
		-c requirements.lock pyproject.toml requirements-build.in -o requirements-lab.lock

# Rounds, contestants and sizes: see benchmarks/README.md.
bench: env
	$(BIN)/python benchmarks/bench.py

clean:
	rm -rf build data/processed reports/*.ipynb reports/20*-q? reports/data reports/feed.xml reports/indicators reports/site reports/site.* reports/*_files reports/*.html reports/site_libs reports/.quarto
