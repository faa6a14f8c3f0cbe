# Two commands do all the set-up: `make demo` and `make test`. `make help` lists the rest.
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PYTEST := $(BIN)/python -m pytest

.PHONY: help install demo test test-slow check format lock peers clean
help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

install: $(STAMP)  ## make .venv from the lock file, with the stanch command

$(STAMP): requirements.lock pyproject.toml .ci/python
	@python=$$(sh .ci/python) && echo "installing into $(VENV), a minute or two" && "$$python" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: install  ## trace a simulated theft, and have it held; writes demo-out/trace/report.html
	@$(BIN)/stanch demo --out demo-out
	@echo
	@$(BIN)/stanch story --out demo-out/desk --trace demo-out/trace

check: install  ## format, lint, types, layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

test: check  ## make check and all tests (under 30 minutes)
	@$(PYTEST) -n auto --dist loadfile --no-loadscope-reorder

test-slow: install  ## fuzzers, long fault rounds, ten times the examples of each property
	@$(PYTEST) -m "slow or hypothesis" --hypothesis-profile=long

format: install  ## put the code in its one format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock:  ## write requirements.lock anew from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --upgrade --group dev --extra desk --extra pack --extra personas --extra postgres pyproject.toml -o requirements.lock

peers: .venv-peers/.installed .venv-peers-taxii/.installed  ## what the benchmarks compare with, in .venv-peers*

.venv-peers/.installed: bench/peers/requirements.txt .ci/python .ci/peers
	@python=$$(sh .ci/python) && sh .ci/peers "$$python" && "$$python" -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r bench/peers/requirements.txt
	@touch $@

.venv-peers-taxii/.installed: bench/peers/taxii.txt .ci/python
	@python=$$(sh .ci/python) && "$$python" -m venv .venv-peers-taxii
	@.venv-peers-taxii/bin/python -m pip install --quiet --disable-pip-version-check -r bench/peers/taxii.txt
	@touch $@

clean:  ## remove what the other targets made
	@rm -rf $(VENV) .venv-peers .venv-peers-taxii demo-out bench-out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .numba_cache .nodes
