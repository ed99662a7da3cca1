# Entaku: one command each. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run cluster setup dev test lint types front unit pytest bench soak lock clean
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
# Node.js may have come as a Python package.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Further words for pytest, for example: make pytest ARGS="tests/domain -q"
ARGS ?=
WORKERS ?= auto

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' Makefile

run: export ENTAKU_DEMO ?= 1
run: setup ## set up, fill in the demonstration and serve it (ENTAKU_PORT, ENTAKU_DATA)
	@entaku migrate
	@entaku demo
	@exec entaku serve

cluster: dev ## serve the demonstration by two nodes, PostgreSQL, Redis and nginx (ARGS="--port 8080")
	@python -m deploy.cluster $(ARGS)

setup: ## everything a running house needs
	@deploy/setup/python.sh runtime
	@deploy/setup/system.sh runtime
	@deploy/setup/node.sh
	@deploy/setup/front.sh
	@deploy/setup/catalogues.sh

dev: ## everything the checks need
	@deploy/setup/python.sh dev
	@deploy/setup/system.sh dev
	@deploy/setup/node.sh
	@deploy/setup/front.sh
	@deploy/setup/catalogues.sh

test: lint types unit pytest ## every check

lint: dev ## form of the code
	@ruff check --quiet
	@ruff format --check --quiet || { ruff format --check; exit 1; }
	@echo "lint: clean"

types: dev ## mypy and TypeScript, both strict
	@mypy --no-error-summary
	@node node_modules/typescript/bin/tsc
	@echo "types: clean"

front: setup ## build the pages' scripts and styles

unit: dev ## unit tests of the pages' scripts
	@node tests/static/run.mjs

pytest: dev ## unit, store, service, journey and guarantee tests
	@pytest -n $(WORKERS) -m "not soak" $(ARGS)

bench: dev ## measure the live room beside its peers and write bench.json
	@deploy/setup/peers.sh
	@entaku bench room --also shared --also loss --json bench.json $(ARGS)

soak: dev ## the long reliability runs; they write reliability.json
	@pytest -m soak $(ARGS)

lock: dev ## re-make the lock files (ARGS=--upgrade takes newer versions)
	@deploy/setup/lock.sh $(ARGS)

clean: ## remove everything made by make, but not the records in var/
	@rm -rf .venv node_modules static/dist build *.egg-info screenshots
	@rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache bench.json reliability.json
	@find . -path ./var -prune -o -name __pycache__ -prune -exec rm -rf {} +
