# Little Monster: the entry points. `make run` and `make test` install what they need.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE := -c release --static-swift-stdlib $(SWIFT_FLAGS)
LM := .build/release/lm

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: build ## install what is missing, build, start, print the address
	@exec $(LM) serve

setup: ## install what running needs
	@Setup/install run

build: setup web ## the release binary, .build/release/lm
	@echo "==> Building (the first time takes some minutes)" >&2
	@swift build $(RELEASE) --product lm

web: setup ## the web app, Web/dist
	@Web/build

test: ## every test: Swift on SQLite and PostgreSQL, the web app's logic, a real process and browser
	@Setup/install test
	@Scripts/test

lint: ## formatting, which room may import which, the words of the web app, the documents' links
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks
	@Scripts/check-imports
	@Scripts/check-shell
	@Scripts/check-links
	@Scripts/check-security
	@Web/check

format: ## rewrite Swift sources in the house style
	@swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

bench: ## speed, memory and answers beside peers, as ratios
	@Setup/install bench
	@$(MAKE) --no-print-directory build
	@Scripts/bench

parts: ## the product against real outside parts: what ran and what did not
	@Setup/install parts
	@$(MAKE) --no-print-directory build
	@Scripts/parts

soak: ## the release binary: real processes and browsers, and killed again and again while it reads
	@Setup/install test
	@$(MAKE) --no-print-directory build
	@Scripts/soak

docs: ## check the documents' links, write Docs/openapi.json from the routes
	@$(MAKE) --no-print-directory build
	@Scripts/docs

clean: ## remove what was built
	@rm -rf .build Web/dist

.PHONY: help run setup build web test lint format bench parts soak docs clean
