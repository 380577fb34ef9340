# A thin front to CMake: each target is one command, the same that CI runs.
.DEFAULT_GOAL := help
.PHONY: help demo test test-keras test-keras-all golden build configure deps bench bench-peers fmt lint \
  install course docs

PREFIX ?= /usr/local
PYTHON ?= python3
# One job a core, but no more than one a GB of memory: a compiler stays below that.
JOBS ?= $(shell awk -v n=$$(nproc) '/^MemTotal/ { g = int($$2 / 1048576); \
  print n < g ? n : g < 1 ? 1 : g }' /proc/meminfo)
KERAS_VENV := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/antler/venv
KERAS_PYTHON := $(KERAS_VENV)/bin/python
TENSORFLOW_VENV := $(KERAS_VENV)-tensorflow
TENSORFLOW_PYTHON := $(TENSORFLOW_VENV)/bin/python
PEERS_VENV := $(KERAS_VENV)-peers
PEERS_PYTHON := $(PEERS_VENV)/bin/python
PEERS := benchmarks/peers
COURSE := $(notdir $(basename $(wildcard examples/[0-9][0-9]_*.cpp)))

ifndef ANTLER_DATA
  ifneq ($(wildcard ../shared/data/.),)
    export ANTLER_DATA := $(abspath ../shared/data)
  endif
endif

help:  ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: configure  ## train a small network on handwritten digits and show what it learned
	@cmake --build build -j $(JOBS) --target antler_cli
	@build/bin/antler demo

test: build  ## build everything and run all tests
	ctest --test-dir build --output-on-failure -j2

test-keras: build $(KERAS_VENV)/.ready  ## exchange files and numbers with real Keras
	PATH="$(KERAS_VENV)/bin:$$PATH" tests/keras/run.sh

test-keras-all: build $(KERAS_VENV)/.ready $(TENSORFLOW_VENV)/.ready  ## and models of strings, with TensorFlow
	PATH="$(KERAS_VENV)/bin:$$PATH" tests/keras/run.sh "" $(TENSORFLOW_PYTHON)

golden: $(KERAS_VENV)/.ready $(TENSORFLOW_VENV)/.ready  ## make the golden cases anew with real Keras, say what they leave out
	$(KERAS_PYTHON) tests/golden/generate.py
	$(TENSORFLOW_PYTHON) tests/golden/generate.py --backend tensorflow
	$(KERAS_PYTHON) tests/golden/coverage.py

build: configure  ## install what is missing and build everything
	@cmake --build build -j $(JOBS)

course: configure  ## run every experiment of the course, write docs/course/results.md
	@cmake --build build -j $(JOBS) --target $(COURSE)
	$(PYTHON) -B tools/course_results.py

docs:  ## build the documentation as a site: build/docs/site/index.html
	@tools/install_deps.sh docs
	$(PYTHON) -B tools/make_docs.py

bench: build  ## run the benchmarks
	@for program in $(patsubst benchmarks/%.cpp,build/bin/%,$(wildcard benchmarks/*.cpp)); do \
	  echo "== $$program" && $$program || exit 1; done

bench-peers: build $(PEERS_VENV)/.ready  ## time Antler beside Keras, JAX and PyTorch; options in ARGS="--rounds 3"
	$(PEERS_PYTHON) -B $(PEERS)/compare.py $(ARGS)

fmt:  ## format all C++ files
	git ls-files -z -co --exclude-standard '*.h' '*.cpp' | xargs -0 -r clang-format-16 -i

lint: deps  ## look for likely mistakes with clang-tidy
	@cmake --preset release -B build-lint -DANTLER_PCH=OFF
	run-clang-tidy-16 -quiet -p build-lint -j $(JOBS) -extra-arg=-Wno-unknown-warning-option \
	  '/(antler|apps)/.*\.cpp$$'

install: build  ## install library, headers and command under PREFIX (/usr/local)
	cmake --install build --prefix $(PREFIX)

deps:
	@tools/install_deps.sh

configure: deps
	@cmake --preset release

# The file is written last: an installation that broke off goes on where it was.
$(KERAS_VENV)/.ready: tests/keras/requirements.txt
$(TENSORFLOW_VENV)/.ready: tests/golden/requirements-tensorflow.txt
$(KERAS_VENV)/.ready $(TENSORFLOW_VENV)/.ready:
	@echo "installing Keras and its backend into $(@D)"
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# A machine where PyTorch does not load compares the others: the table says so.
$(PEERS_VENV)/.ready: $(PEERS)/requirements.txt $(PEERS)/requirements-torch.txt $(PEERS)/hollow_cuda.py
	@echo "installing Keras, TensorFlow, JAX and PyTorch into $(@D)"
	$(PYTHON) -m venv $(@D)
	$(PEERS_PYTHON) -m pip install --quiet --disable-pip-version-check -r $(PEERS)/requirements.txt
	$(PEERS_PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps \
	  -r $(PEERS)/requirements-torch.txt
	$(PEERS_PYTHON) -B $(PEERS)/hollow_cuda.py || echo "PyTorch does not load: no rows of it"
	@touch $@
