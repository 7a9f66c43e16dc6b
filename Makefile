# Two commands set everything up by themselves: `make demo` and `make test`.
# CI calls `make check` and `make demo`; both install what they need from the hashed requirements.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
EVAL := $(VENV)/.installed-eval
E2E := $(VENV)/.installed-e2e
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test unit e2e e2e-tools screenshots check lint types contract docs bench prove eval eval-abtest eval-extract eval-figures eval-organisations eval-summedits eval-scitldr eval-rating eval-prefilter eval-clustering eval-lint weights image-check lock clean help

help:
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1: /p' $(MAKEFILE_LIST)

# The lock is complete; without --no-deps pip's resolver takes a newer release for a requirement with extras.
$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install -q --require-hashes --no-deps -r requirements-dev.lock
	$(BIN)/pip install -q --no-index --no-deps --no-build-isolation -e .
	@touch $(STAMP)

# what only measuring and training need
$(EVAL): $(STAMP) requirements-eval.lock
	$(BIN)/pip install -q --require-hashes --no-deps -r requirements-eval.lock
	@touch $(EVAL)

# what browser tests and pictures need beside Debian's chromium; with it, `make test` runs the browser tests, too
$(E2E): $(STAMP) requirements-e2e.lock
	$(BIN)/pip install -q --require-hashes --no-deps -r requirements-e2e.lock
	@touch $(E2E)

demo: $(STAMP) ## four issues of the invented world and their site into ./demo-out, without key or network
	$(BIN)/digester demo --out demo-out

test: $(STAMP) ## all tests, on SQLite and where its binaries are present on PostgreSQL
	$(BIN)/python -m pytest -n auto --dist loadfile

unit: $(STAMP) ## the quick tests: everything that needs no socket, no database and no process
	$(BIN)/python -m pytest -m "not slow and not recorded" $(addprefix tests/,domain analysis editors config outputs sources fulltext)

e2e-tools: $(E2E) ## what browser tests need beside the Debian packages chromium, fonts-noto-cjk, fonts-noto-color-emoji

e2e: $(E2E) ## the browser tests alone
	$(BIN)/python -m pytest -m browser -rs tests/outputs

screenshots: $(E2E) ## the pictures of README and docs, of the demo, into docs/images
	$(BIN)/python docs/screenshots.py

lint: $(STAMP) ## ruff: style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

contract: $(STAMP) ## who may import whom
	$(BIN)/lint-imports --no-cache

docs: $(STAMP) ## docs/cli.md is generated; fails when it is not up to date
	$(BIN)/python docs/generate.py --check

check: lint types contract docs test ## the one definition of good

bench: $(EVAL) ## ratios of one run
	$(BIN)/python bench/spine.py
	$(BIN)/python bench/wall.py
	$(BIN)/python bench/arxiv_quarter.py
	$(BIN)/python bench/stories.py
	$(BIN)/python bench/pace.py
	$(BIN)/python bench/outputs.py
	$(BIN)/python bench/site.py
	$(BIN)/python -m bench.llm
	$(BIN)/python -m bench.llm_wall
	$(BIN)/python -m bench.delivery

prove: $(STAMP) ## the long proofs: mail killed at every point, hostile texts twice as long; twenty minutes
	PROVE=1 $(BIN)/python -m pytest tests/channels/test_smtp_kill.py tests/analysis/test_analysis_long_texts.py

eval: $(EVAL) ## every measure of quality: eval/report.json and the table of docs/quality.md (EVAL_DATA, DIGESTER_TEST_DATA)
	$(BIN)/python -m eval.all --write

eval-extract: $(STAMP) ## token F1 of the article extractor on recorded pages, beside bare trafilatura (DIGESTER_TEST_DATA)
	$(BIN)/python eval/extract.py

eval-figures: $(STAMP) ## conformance of the number reader to published specifications (EVAL_DATA)
	$(BIN)/python eval/figures.py

eval-summedits: $(STAMP) ## the wording check on edited summaries, their numbers and verbatim sentences (EVAL_DATA)
	$(BIN)/python eval/summedits.py

eval-abtest: $(STAMP) ## figures of A/B tests in labelled abstracts: value, sign, measure, what is published (EVAL_DATA)
	$(BIN)/python eval/abtest.py

eval-organisations: $(STAMP) ## organisations stated in titles and abstracts against labels, beside plain look-up (EVAL_DATA)
	$(BIN)/python eval/organisations.py

eval-lint: $(STAMP) ## violations of the editorial standard in the demo and the recorded weeks (DIGESTER_TEST_DATA)
	$(BIN)/python -m eval.lint

eval-scitldr: $(EVAL) ## one extracted sentence against written one-sentence summaries, beside baselines (EVAL_DATA)
	$(BIN)/python -m eval.scitldr

eval-rating: $(EVAL) ## rated papers against lists of industrial work, months cross-validated (EVAL_DATA)
	$(BIN)/python -m eval.rating

eval-prefilter: $(STAMP) ## what a prefilter learnt from a model's earlier scores keeps of what it scores high (EVAL_DATA)
	$(BIN)/python -m eval.prefilter

eval-clustering: $(EVAL) ## stories against labelled events and headline pairs, beside baselines (EVAL_DATA)
	$(BIN)/python -m eval.clustering

weights: $(EVAL) ## fit the weights in prompts/weights/ again (EVAL_DATA)
	$(BIN)/python -m eval.fit_rating
	$(BIN)/python -m eval.train_sentences

image-check: $(STAMP) ## the Dockerfile linted and its steps done in a clean environment, without a container engine
	$(BIN)/python deploy/check.py

lock: ## compile the hashed requirements again (maintainers; needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links -c requirements.lock --extra postgres --extra serve pyproject.toml -o requirements-image.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --extra postgres --group dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links -c requirements-dev.lock --group build -o deploy/requirements-build.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --group eval -o requirements-eval.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --group e2e -o requirements-e2e.lock

clean: ## remove what was built here
	rm -rf $(VENV) demo-out dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
