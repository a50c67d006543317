# Every target has a `##` text; `make help` is made from them.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
# Processes of tests at a time: one more than cores, for tests wait for servers half of their time.
WORKERS ?= $(shell echo $$(( $$(nproc) + 1 )))
.DEFAULT_GOAL := help

.PHONY: help
help: ## Show what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: setup
setup: $(VENV)/.ready ## Install everything, locked, into .venv

.PHONY: dev
dev: setup ## Run the whole product on embedded servers, with demo data
	$(BIN)/kotacerdas dev

.PHONY: test
test: check ## Check the code and run all tests
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not timed"
	$(BIN)/pytest -q -m timed

.PHONY: check
check: setup ## Check all but the tests, two checks at a time
	@$(MAKE) --no-print-directory --jobs 2 --output-sync check-pyright check-mypy check-rest

.PHONY: check-pyright
check-pyright: ## Check types by pyright
	$(BIN)/pyright

.PHONY: check-mypy
check-mypy: ## Check types by mypy
	$(BIN)/mypy

.PHONY: check-rest
check-rest: ## Check style, layers, sizes and the schema
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m tests.sizes
	$(BIN)/kotacerdas schema check
	$(BIN)/kotacerdas schema diff

.PHONY: journey
journey: setup ## Play Bukittinggi's year 2022 over HTTP on a fresh embedded database
	$(BIN)/python -m tests.journeys.bukittinggi

.PHONY: audit-http
audit-http: setup ## Audit the API against GraphQL over HTTP: all 61 checks of npm graphql-http
	$(BIN)/python -m tests.audit

.PHONY: hostile
hostile: setup ## Send hostile GraphQL requests: CPU of each, and readiness during a flood
	$(BIN)/python -m tests.graphql_schema.limits

.PHONY: bench
bench: setup ## Measure everything beside PostGraphile, raw SQL and plain Strawberry (an hour)
	$(BIN)/python -m tests.bench

.PHONY: bench-quick
bench-quick: setup ## Measure the reads and the write beside PostGraphile and raw SQL (minutes)
	$(BIN)/python -m tests.bench --parts generator,comparison --contenders ours,raw,postgraphile --seconds 2

.PHONY: slow
slow: setup ## Hold 500 slow connections in three modes, and time what others wait
	$(BIN)/python -m tests.kotacerdas.web.costs
	$(BIN)/python -m tests.kotacerdas.web.server

.PHONY: fuzz-reader
fuzz-reader: setup ## Compare the compiled reader with graphql-core over 20,000 random documents
	$(BIN)/python -m tests.fuzz

.PHONY: bench-exports
bench-exports: setup ## Measure speed and memory of exports of 100,000 rows in each format
	$(BIN)/python -m tests.workers.exports

.PHONY: streams
streams: setup ## Measure what 200 open subscriptions cost one API process
	$(BIN)/python -m tests.graphql_schema.subscriptions

.PHONY: demo-national
demo-national: setup ## Load the demo at national scale and measure load, overview and completeness
	$(BIN)/python -m tests.demo_national

.PHONY: lock
lock: setup ## Renew the lock files (hashes, no addresses)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml -q --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml -q --upgrade --extra dev --group dev --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -o requirements-dev.lock

.PHONY: schema
schema: setup ## Write graphql_schema/schema.graphql
	$(BIN)/kotacerdas schema print > graphql_schema/schema.graphql

.PHONY: pages
pages: schema ## Write the pages that are made from the code: settings, errors, roles
	$(BIN)/python -m tests.settings_page
	$(BIN)/python -m tests.errors_page
	$(BIN)/python -m tests.roles_page

.PHONY: format
format: setup ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: clean
clean: ## Remove the virtual environment and the embedded data
	rm -rf $(VENV) .kotacerdas
