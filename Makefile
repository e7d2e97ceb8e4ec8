# make run    set up what is missing and serve on http://127.0.0.1:8000 (HOST, PORT, DEMO=0)
# make test   set up what is missing and run all tests (REQUIRE_SERVICES=1: none may be left out)

.PHONY: run setup test lint messages clean help

run:  ## serve, with worker and scheduler inside
	@bin/run

setup:  ## system packages, .venv, texts, static files, database
	@bin/setup

test:  ## all tests
	@bin/test

lint:  ## linters, types, import contracts, texts, deployment checks
	@bin/lint

messages:  ## bring locale/vi up to the sources
	@bin/messages

clean:  ## forget everything that is made from the sources, data included
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

help:
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'
