# From a fresh clone: `make` sets everything up and builds the book that stands here; `make test` proves it all.
# Nothing here depends on the folder's name or place: every path is relative, so spaces in it do no harm.

.DEFAULT_GOAL := build
.PHONY: build test test-readers test-release bench lint setup lock clean distclean help

build: setup ## set up and build the book here into build/ (the default)
	@.venv/bin/publish build

test: lint ## set up, then run every check and every test
	@sh scripts/old-epubcheck
	@sh scripts/second-readers
	@.venv/bin/python -m pytest -n auto --dist worksteal

test-readers: setup ## open the book in a reading system and look: model, notes, pictures, Ace
	@sh scripts/readers

bench: setup ## measure publish and its peers on generated books; table and plot in build/bench (takes long)
	@.venv/bin/python benchmarks/run.py

test-release: setup ## release the book and judge what readers get: axe, the Nu Html Checker, a reading app, kills
	@sh scripts/releases

lint: setup ## set up, then the checks that run no code: style, types, walls between rooms
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

setup: ## make .venv with the pinned libraries and the command publish, and what the system lacks
	@sh scripts/setup

lock: setup ## pin the libraries anew: pyproject.toml -> requirements.txt
	@sh scripts/lock

# The reading system and Ace (build/.readers), axe and its like (build/.releases) are tools, 80 MB of them, and nothing that was built.
clean: ## empty build/ and forget what the tools remember
	@find build -mindepth 1 -maxdepth 1 ! -name .gitignore ! -name .readers ! -name .releases -exec rm -rf {} +
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## the same, and remove .venv and the tools of test-readers and test-release
	@rm -rf .venv build/.readers build/.releases

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 18
