# `make` alone lists what there is. Windows has no make: the README gives the commands instead.
#
#   ARGS=…     passed on to JupyterLab:  make lab ARGS=--no-browser
#   PYTHON=…   the Python to build with: make lab PYTHON=python3.12
#   CHROMIUM=… the browser to test with: make test-browser CHROMIUM=/usr/bin/google-chrome

ARGS ?=
PYTHON ?=
SHELL := /bin/sh
PY := .venv/bin/python
FIRST := /lab/tree/notebooks/00_start_here.ipynb
# Plugins of pytest that a run has no use for would be imported all the same, which takes seconds.
UNITS := $(PY) -m pytest -p no:nbval -p no:playwright tests
NBVAL := $(PY) -m pytest -p no:playwright --nbval-lax --nbval-current-env -n 2 --dist loadfile notebooks

.DEFAULT_GOAL := help
.PHONY: help ready lab test test-units test-notebooks test-browser test-full lint minutes wheelhouse clean
.NOTPARALLEL:

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

ready: ## set up .venv and nothing more; does nothing when that is done
	@python=$$(sh tools/find_python.sh "$(PYTHON)") && "$$python" tools/set_up.py

lab: ready ## set up if need be, and open lesson 00 in JupyterLab
	$(PY) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=$(FIRST) $(ARGS)

test: lint test-units test-notebooks ## all that a change has to pass

test-units: ready ## the tests of the package and of the rules
	$(UNITS) -n 2 --dist loadfile

test-notebooks: ready ## every notebook from top to bottom, with the quick budgets
	GAN_COURSE_BUDGET=quick $(NBVAL) --nbval-cell-timeout=300

test-browser: ready ## every widget in a real JupyterLab; needs Chromium, and says how to get it
	$(PY) -m pytest -p no:nbval tests/browser -n 2 --dist loadfile

lint: ready ## style of code and notebooks, and no stored outputs
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m nbstripout --verify --keep-id $(wildcard notebooks/*.ipynb)

minutes: ready ## how long each lesson takes, reckoned from what it holds
	$(PY) tools/minutes.py

test-full: lint ## as test, with the learner's budgets and the tests over several seeds: an hour
	GAN_COURSE_BUDGET=full $(UNITS)
	GAN_COURSE_BUDGET=full $(NBVAL) --nbval-cell-timeout=3000

wheelhouse: ## fetch all that `make lab` needs into wheelhouse/, for a machine without network
	@python=$$(sh tools/find_python.sh "$(PYTHON)") && "$$python" tools/set_up.py wheelhouse

clean: ## remove what was built, but not .venv, wheelhouse/ and runs/
	rm -rf build gan_course.egg-info .pytest_cache .ruff_cache .hypothesis
	find gan_course tests tools benchmarks notebooks -name __pycache__ -prune -exec rm -rf {} +
	find notebooks -name .ipynb_checkpoints -prune -exec rm -rf {} +
