PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint features messages states faults mutants pictures bench bench-reading lock clean

run: $(VENV)/.run
	@$(BIN)/stocktaking run

test: $(VENV)/.test
	@$(BIN)/python -m pytest -n 4 --dist worksteal $(ARGS)

lint: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/stocktaking questionnaire lint

faults: $(VENV)/.test
	@$(BIN)/python -m pytest -m faults $(ARGS)

mutants: $(VENV)/.test
	@$(BIN)/python -m tests.mutation $(ARGS)

features: $(VENV)/.test
	@$(BIN)/python -m tests.features

messages: $(VENV)/.test
	@$(BIN)/python -m locales.tools.sync_catalogues

states: $(VENV)/.test
	@$(BIN)/python -m tests.architecture.transitions

pictures: $(VENV)/.test
	@$(BIN)/python -m tests.pictures

bench: $(VENV)/.test
	@$(BIN)/python -m benchmarks.conversation $(ARGS)

bench-reading: $(VENV)/.test
	@$(BIN)/python -m benchmarks.reading

lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra build --extra report pyproject.toml -o requirements-report.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra build --extra dev --extra report pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing what Stocktaking needs (once, about a minute) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot dialogs locales storage
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.lock
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
