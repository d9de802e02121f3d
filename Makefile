# The two commands are `make run` and `make test`; each sets up all it needs from a fresh clone.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
SHARED := ../shared

.PHONY: run test lint unit wheel bench soak evaluate lock servers clean

run: $(READY) ## set up, load the sample, open the map
	$(BIN)/maaqil demo

test: lint unit wheel ## every gate and test, as CI runs them

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(READY) servers
	$(BIN)/pytest

# The wheel is installed alone, with what it declares, and run from a folder that is not this one.
wheel: $(READY)
	rm -rf build/wheel && mkdir -p build/wheel
	$(BIN)/python -m hatchling build --target wheel --directory build/wheel
	$(BIN)/uv venv --quiet --no-python-downloads --python $(BIN)/python build/wheel/venv
	$(BIN)/uv pip install --quiet --python build/wheel/venv/bin/python --constraint requirements.lock build/wheel/*.whl
	cd build/wheel && venv/bin/maaqil lookup الميادين
	cd build/wheel && venv/bin/maaqil check

bench: $(READY) servers ## speed, as ratios within one run; MAAQIL_BENCHMARK_EVENTS=1000000 for more events
	$(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-columns=min,median,ops --timeout 3600

soak: $(READY) servers ## kills, writers and readers for some half an hour, on both back ends
	$(BIN)/python -m tests.dashboard.soak --kills 1000 --runs 20 --seconds 60

evaluate: $(READY) ## the scorer's figures on our corpus, and on the shared articles where they are
	$(BIN)/maaqil evaluate --gold tests/corpus/events.jsonl dashboard/sample/articles
	$(BIN)/maaqil evaluate --gold tests/corpus/more_events.jsonl tests/corpus/articles
	@if [ -d $(SHARED)/articles ]; then $(BIN)/maaqil evaluate --gold $(SHARED)/gold/events.jsonl $(SHARED)/articles; fi

lock: $(READY) ## pin what pyproject.toml asks for, with hashes and without hosts
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --group dev pyproject.toml --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Maaqil needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# What some tests run: Chromium with an Arabic font, and PostgreSQL with PostGIS. Where they are not here and
# this user cannot install them, those tests skip by name; in CI a missing one is a failure.
servers:
	@want=""; \
	command -v chromium >/dev/null || want="chromium fonts-noto-core"; \
	ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || want="$$want postgresql-15 postgresql-15-postgis-3"; \
	if [ -n "$$want" ]; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $$want >/dev/null; \
		else echo "not here, and not to be installed by this user: $$want; the tests that need them will be skipped"; fi; fi

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache
