# The two commands are `make run` and `make test`; each sets up all it needs from a fresh clone.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
SHARED := ../shared

.PHONY: run test lint unit wheel bench evaluate lock browser clean

run: $(READY) ## set up, load the sample, open the map
	$(BIN)/maaqil demo

test: lint unit wheel ## every gate and test, as CI runs them

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(READY) browser
	$(BIN)/pytest

# The wheel is installed alone, with what it declares, and run from a folder that is not this one.
wheel: $(READY)
	rm -rf build/wheel && mkdir -p build/wheel
	$(BIN)/python -m hatchling build --target wheel --directory build/wheel
	$(BIN)/uv venv --quiet --no-python-downloads --python $(BIN)/python build/wheel/venv
	$(BIN)/uv pip install --quiet --python build/wheel/venv/bin/python --constraint requirements.lock build/wheel/*.whl
	cd build/wheel && venv/bin/maaqil lookup الميادين
	cd build/wheel && venv/bin/maaqil check

bench: $(READY) ## speed, as ratios within one run
	$(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-columns=min,median,ops --timeout 3600

evaluate: $(READY) ## the scorer's figures on our corpus, and on the shared articles where they are
	$(BIN)/maaqil evaluate --gold tests/corpus/events.jsonl dashboard/sample/articles
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

# Chromium and an Arabic font for the browser tests; without them those tests skip by name, but not in CI.
browser:
	@if ! command -v chromium >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium fonts-noto-core; \
		else echo "chromium is not here and cannot be installed by this user: the browser tests will be skipped"; fi; fi

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache
