# Two commands do everything on a bare Debian 12 with Swift, git and make:
#   make west-kent   installs what is missing, builds, prints the projection of West Kent
#   make test        installs what is missing, builds, runs every test
.PHONY: help west-kent test sanitize build release lint format verify guides timings bench bench-check bench-thresholds peers scaling docs install clean packages

SWIFT ?= swift
PREFIX ?= /usr/local
# A binary that needs no Swift on the machine it runs on.
RELEASE = -c release --static-swift-stdlib --product pophealth
BENCHMARKED = Benchmarks/Package.swift Benchmarks/Benchmarks Benchmarks/Sources
# What Debian must bring: the file that shows it is there, and its package.
NEEDS = /usr/include/boost/math/distributions/normal.hpp=libboost-math-dev \
        /usr/include/*/openblas-pthread/cblas.h=libopenblas-dev \
        /usr/include/openssl/evp.h=libssl-dev \
        /usr/bin/pkg-config=pkg-config

help:
	@echo "make west-kent   project the population of West Kent (installs and builds what is missing)"
	@echo "make test        run every test (the same)"
	@echo "make sanitize    the tests under the thread sanitizer and under the address sanitizer"
	@echo "make release     build .build/release/pophealth"
	@echo "make install     install it under PREFIX ($(PREFIX)) with its data packages"
	@echo "make verify      check every figure in datasets/"
	@echo "make lint        check format and documentation comments; make format mends the format"
	@echo "make guides      run every command in the README and the guides anew"
	@echo "make timings     time whole commands"
	@echo "make bench       time every kernel: ns a unit, share of the floor, the committed figures"
	@echo "make bench-check fail where a kernel has become slower than its committed ratio allows"
	@echo "make bench-thresholds  commit this machine's ratios and figures"
	@echo "make peers       time other software and ours in turns (installs it into Benchmarks/.peers)"
	@echo "make scaling     time and memory over three decades of size, as a table and a chart"
	@echo "make docs        build the reference pages into .build/docs"

# Debian's packages, installed only where one is missing: by root itself, otherwise through sudo.
packages:
	@missing=""; for need in $(NEEDS); do [ -e $${need%%=*} ] || missing="$$missing $${need#*=}"; done; \
	if [ -n "$$missing" ]; then \
	  if ! command -v apt-get >/dev/null 2>&1; then \
	    if [ "$$(uname)" = Darwin ]; then exit 0; fi; \
	    echo "please install:$$missing" >&2; exit 1; fi; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "installing$$missing" >&2; \
	  $$sudo apt-get update -qq >/dev/null && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

west-kent: release
	@.build/release/pophealth project west-kent

release: packages
	@$(SWIFT) build $(RELEASE) >&2

build: packages
	$(SWIFT) build

test: packages
	$(SWIFT) test --parallel

# Each sanitizer builds into a folder of its own. The leak checker only lists what the test library keeps to its end.
sanitize: packages
	$(SWIFT) test --parallel --sanitize=thread --scratch-path .build-thread
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --parallel --sanitize=address --scratch-path .build-address

verify: release
	@.build/release/pophealth datasets verify

lint:
	$(SWIFT) format lint --strict -r Package.swift Sources Tests $(BENCHMARKED)

format:
	$(SWIFT) format --in-place -r Package.swift Sources Tests $(BENCHMARKED)

# Writes the output of every command in the README and the guides anew (needs python3).
guides: release
	python3 notebooks-docs/refresh.py .build/release/pophealth README.md notebooks-docs/*.md

# Times whole commands; the nested package Benchmarks times the parts.
timings: release
	@Benchmarks/timings.sh .build/release/pophealth

bench: packages
	@SWIFT="$(SWIFT)" Benchmarks/gate.sh table

bench-check: packages
	@SWIFT="$(SWIFT)" Benchmarks/gate.sh check

bench-thresholds: packages
	@SWIFT="$(SWIFT)" Benchmarks/gate.sh update

# CASES names some of them: make peers CASES="regression indicators"
peers: packages
	@SWIFT="$(SWIFT)" Benchmarks/Peers/run.sh $(CASES)

scaling: packages
	@SWIFT="$(SWIFT)" Benchmarks/scaling.sh

docs: packages
	@mkdir -p .build/docs; for target in Tables Parallel Probability LinearAlgebra Demography Indicators Regression Datasets; do \
	  $(SWIFT) package --allow-writing-to-directory .build/docs/$$target generate-documentation \
	    --target $$target --output-path .build/docs/$$target --transform-for-static-hosting \
	    --warnings-as-errors || exit 1; \
	done

install: release
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/pophealth/datasets"
	install -m 755 .build/release/pophealth "$(DESTDIR)$(PREFIX)/bin/pophealth"
	cd datasets && for package in */datapackage.json; do \
	  folder="$${package%/*}"; install -d "$(DESTDIR)$(PREFIX)/share/pophealth/datasets/$$folder"; \
	  install -m 644 "$$folder"/* "$(DESTDIR)$(PREFIX)/share/pophealth/datasets/$$folder/"; done
	install -m 644 datasets/LICENCE.md datasets/packages.csv "$(DESTDIR)$(PREFIX)/share/pophealth/datasets/"

clean:
	$(SWIFT) package clean
