# The way in: every target is one line or two, and the work is done by the scripts in tools/.

# Where `make run` listens and keeps its data: make run PUBLIC=0.0.0.0:80 DATA=/srv/chat
PUBLIC ?= 127.0.0.1:8080
DATA   ?= var/retro-chat
# What `make test` builds and tests; one step of it: make test STEPS=python
PRESET ?= dev
STEPS  ?=

.DEFAULT_GOAL := help
.PHONY: help run build test bench asan tsan fuzz tidy format clean

help:
	@printf '\n  Tayori carries messages from your backend to the browsers that wait for them.\n\n'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "    make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n  What is missing on this machine is installed first, from Debian'\''s packages.\n'
	@printf '  More: README.md, docs/, CONTRIBUTING.md\n\n'

run: ## builds and serves Retro Chat on http://127.0.0.1:8080
	@tools/install-packages run
	@tools/build release retrochat
	@mkdir -p $(DATA)
	@exec build/release/bin/retrochat --public $(PUBLIC) --data $(DATA)

build: ## builds everything that runs, into build/release/bin
	@tools/install-packages run
	@tools/build release

test: ## builds and runs every test there is
	@tools/install-packages run test
	@tools/test --preset $(PRESET) $(STEPS)

bench: ## measures against a bare loop on this machine
	@tools/install-packages run
	@tools/build release
	@build/release/bench/run

asan: ## C++ tests with AddressSanitizer and UBSan
	@tools/install-packages run test
	@tools/test --preset asan cxx

tsan: ## C++ tests with ThreadSanitizer
	@tools/install-packages run test
	@tools/test --preset tsan cxx

fuzz: ## replays the fuzz targets' corpora; how to search is in fuzz/CMakeLists.txt
	@tools/install-packages run test fuzz
	@tools/test --preset fuzz cxx

tidy: ## clang-tidy over the sources
	@tools/install-packages run test tidy
	@tools/check-tidy

format: ## clang-format over the sources
	@tools/install-packages test
	@tools/check-format --write

clean: ## removes build/; what Retro Chat keeps in var/ stays
	@rm -rf build
