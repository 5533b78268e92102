# Two commands on a fresh machine with Python 3.11 or later: `make demo` and `make test`.
# Each makes .venv here if it is not there yet, and nothing outside this folder.

PYTHON ?= python3
BIN := .venv/bin

# Python keeps what it has compiled, or every command that the tests run would compile it all again.
export PYTHONDONTWRITEBYTECODE :=

# pip keeps nothing outside this folder, nor does the pip that it calls itself.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_CACHE_DIR := 1

.PHONY: demo test run-tests test-least lint docs bench campaign mutants binary clean

demo: .venv/ready
	@mkdir -p build
	@echo '$$ chcheck samples/determinations/luton-202229082.yaml --output html:build/luton.html'
	@$(BIN)/chcheck samples/determinations/luton-202229082.yaml --fail-on never --output html:build/luton.html
	@echo
	@echo 'The same as a report to read, print and send: build/luton.html'

# Two at a time: mypy works on one core, and takes a tenth of the whole.
test: .venv/ready
	$(MAKE) --no-print-directory --jobs=2 lint run-tests

run-tests: .venv/ready
	$(BIN)/python -m pytest -n auto --dist worksteal

# The core of the tests with the least versions that pyproject.toml allows. Those come first on the
# path; what only the tests need is that of .venv.
CORE := tests/test_api.py tests/test_calendars.py tests/test_dates.py tests/test_determinations.py \
	tests/test_gold.py tests/test_scale.py tests/commands/test_check_command.py \
	tests/commands/test_completion.py tests/run/test_check_table.py \
	tests/tables/test_book_epochs.py tests/tables/test_reading.py tests/tables/test_sheets.py \
	tests/write/test_ci_formats.py tests/write/test_findings_book.py tests/write/test_html_gold.py

test-least: build/least/ready
	PYTHONPATH=build/least $(BIN)/python -m pytest $(CORE)

build/least/ready: .venv/ready packaging/least.py
	rm -rf build/least
	mkdir -p build/least
	$(BIN)/python packaging/least.py > build/least/requirements.txt
	$(BIN)/python -m pip install --quiet --no-compile --upgrade --target build/least \
		--requirement build/least/requirements.txt
	@touch $@

lint: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: .venv/ready
	$(BIN)/python docs/generate.py

bench: .venv/ready
	$(BIN)/python benchmarks/start_up.py
	$(BIN)/python benchmarks/caseload.py
	$(BIN)/python benchmarks/tables.py

# Looks for faults with made complaints and damaged inputs; what it finds it prints with how to
# repeat it. See docs/proof.md.
MINUTES ?= 10
SEED ?= 1
campaign: .venv/ready
	$(BIN)/python -m tests.campaigns --minutes $(MINUTES) --seed $(SEED) $(if $(ROUNDS),--rounds $(ROUNDS))

# Changes the program in one place at a time, and says which changes no test notices.
COUNT ?= 150
mutants: .venv/ready
	$(BIN)/python -m tests.campaigns.mutants --count $(COUNT) --seed $(SEED)

# One file for people who may not install anything; it needs no Python. See docs/install.md.
binary: .venv/ready
	$(BIN)/python -m pip install --quiet 'pyinstaller>=6.11'
	$(BIN)/python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/binary packaging/chcheck.spec
	@echo 'One file, to copy and run: dist/chcheck'

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "chcheck needs Python 3.11 or later; set PYTHON=python3.12, say")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@
