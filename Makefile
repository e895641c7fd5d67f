# Everything a person types. Each word is a script in scripts/, so what it does can be read there.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test build package check fmt bench bench-long clean

help: ## say what there is
	@sed -n 's/^\([a-z-]*\): ## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: ## open the window on a sample newsroom; without a display, do the main job in a virtual one
	@scripts/run

test: ## run everything; ends with one line per suite
	@scripts/test

build: ## target/release/toasoan, its pages inside
	@scripts/build

package: ## target/package/: a .deb and an .rpm of it, and the plugin for WordPress
	@scripts/package
	@scripts/wordpress-plugin

check: ## formatting, lints and types, no tests
	@scripts/check rust ui

fmt: ## format the Rust sources
	@cargo fmt --all

bench: ## measure; prints, and writes target/bench.json
	@scripts/bench

bench-long: ## measure what takes longer too
	@scripts/bench-long

clean: ## remove what was built
	@scripts/clean
