# The project's commands. Each sets up what it needs; a second call finds it done.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3.11
BIN := .venv/bin
RUN := $(BIN)/.run-ready
DEV := $(BIN)/.dev-ready
PEERS := benchmarks/.venv/.ready
SCALE := .venv-scale/.ready
# compiled bytecode makes every start three times quicker
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-slow test-scale faults check bench bench-suites bench-arrival dev lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

run: $(RUN) ## read the reports in raw/, check and load them
	@$(BIN)/fupin run

test: $(DEV) ## run the tests
	@$(BIN)/python -m pytest -m "not slow" -n auto --dist loadfile --no-loadscope-reorder

test-slow: $(DEV) ## run the tests that run the pipeline several times, kill it, start the daemon, read long texts, or look at every page
	@$(BIN)/python -m pytest -m slow -n auto --dist loadfile --no-loadscope-reorder

test-scale: $(SCALE) ## run the tests of workers, DuckLake, Spark and PostgreSQL, which need servers
	@.venv-scale/bin/python -m pytest tests/scale -n 2 --dist loadfile

check: $(DEV) ## lint, types, SQL, catalogue and expectation files, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 0 sql
	$(BIN)/fupin check
	$(BIN)/python .ci/audit.py

faults: $(DEV) ## the fault tests at length: 40 killed loads and desks, 10 random sequences of changes
	@FUPIN_FAULT_KILLS=40 FUPIN_SEQUENCES=10 $(BIN)/python -m pytest tests/faults tests/integration/test_touched.py

bench: $(RUN) $(PEERS) ## compare the reader with general readers of quantities
	@$(BIN)/python benchmarks/read_figures.py

bench-suites: $(RUN) ## time Great Expectations against the same checks in SQL
	@$(BIN)/python benchmarks/suites.py

bench-arrival: $(RUN) ## time from the arrival of a file to the published indicator
	@$(BIN)/python -m benchmarks.arrival

dev: $(RUN) ## Dagster's UI with sensor and schedule; state in var/dagster
	@$(BIN)/python -m pipelines.orchestration.home
	@DAGSTER_HOME="$${FUPIN_HOME:-$(CURDIR)/var}/dagster" PATH="$(CURDIR)/$(BIN):$$PATH" \
		$(BIN)/dagster dev --workspace workspace.yaml

lock: $(DEV) ## resolve the pinned dependencies anew
	for extra in "" "--extra dev"; do \
		$(BIN)/uv pip compile pyproject.toml $$extra --universal --python-version 3.11 --generate-hashes --upgrade \
			--no-emit-index-url --no-header --no-annotate --no-strip-extras --quiet \
			-o "requirements$${extra:+-dev}.lock"; \
	done

clean: ## remove the environment and caches; reports and state stay
	rm -rf .venv .venv-scale benchmarks/.venv .mypy_cache .ruff_cache .pytest_cache build *.egg-info

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the pinned dependencies into .venv (about a minute, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing the pinned development dependencies into .venv (about two minutes, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(RUN)

# the servers come from the system's packages; Java is for Spark
$(SCALE): requirements.lock requirements-scale.txt pyproject.toml
	@missing=""; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="postgresql"; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	if [ -n "$$missing" ]; then \
		as_root=$$([ "$$(id -u)" -eq 0 ] || echo sudo); \
		$$as_root apt-get update -qq && $$as_root apt-get install -qq -y --no-install-recommends $$missing >/dev/null; \
	fi
	@echo "Installing the engines to test with into .venv-scale (about three minutes, once)"
	@$(PYTHON) -m venv .venv-scale
	@.venv-scale/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv-scale/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-scale.txt
	@.venv-scale/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(PEERS): benchmarks/requirements.txt
	@echo "Installing the readers to compare with into benchmarks/.venv (about a minute, once)"
	@$(PYTHON) -m venv benchmarks/.venv
	@benchmarks/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@
