# Each target says what it does behind ##; `make help` lists them.
GO ?= go
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

.PHONY: test
test: tools specs lint ## Check everything: format, vet, staticcheck, all tests with -race
	$(GO) test -race $(UNSAFE) -parallel 6 -timeout 40m ./...

# The race detector also has every conversion of an unsafe pointer checked. None
# is ours: they are SQLite's, translated from C, and take much of the time.
UNSAFE := -gcflags=all=-d=checkptr=0

.PHONY: lint
lint: ## Check format, vet and staticcheck
	@unformatted="$$(gofmt -l $$(git ls-files --cached --others --exclude-standard '*.go'))"; \
	  if [ -n "$$unformatted" ]; then echo "not formatted, run make format:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

.PHONY: format
format: ## Format the code
	gofmt -w $$(git ls-files '*.go')

.PHONY: tools
tools: ## Install the programs that the tests call, on Debian
	@scripts/setup-tools.sh

.PHONY: specs
specs: ## Fetch GitHub's API description and example payloads for the tests
	@scripts/fetch-specs.sh

.PHONY: golden
golden: ## Write the golden files anew; read the difference before committing it
	$(GO) test ./workflow ./workflow/checklist ./workflow/command ./workflow/postmortem ./config ./internal/sandbox/pages/markup ./cmd/firebreak -update

.PHONY: fuzz
fuzz: ## Fuzz every parser for FUZZTIME each (default 20s)
	@scripts/fuzz.sh "$${FUZZTIME:-20s}"

.PHONY: chaos
chaos: tools ## Kill the program again and again, on SQLite and PostgreSQL; SEED, ISSUES, DELIVERIES, KILLS, FAULTS
	$(GO) run ./internal/chaos/cmd $(if $(SEED),-seed $(SEED)) $(if $(ISSUES),-issues $(ISSUES)) \
	  $(if $(DELIVERIES),-deliveries $(DELIVERIES)) $(if $(KILLS),-kills $(KILLS)) $(if $(FAULTS),-faults $(FAULTS))
	$(GO) test -count=1 -v ./internal/effects -run '^TestTicksAmidRefreshes$$' -incidents 250

.PHONY: lean
lean: tools ## Publish in a wiki of 2,000 pages and MEGABYTES (default 200) of pictures, and show what it costs
	$(GO) test -count=1 -v ./internal/wiki -run '^TestLean' -megabytes $(or $(MEGABYTES),200)

.PHONY: redaction-report
redaction-report: ## Measure the redaction by its corpus and by generated texts; SEED, CASES
	$(GO) run ./internal/redact/report/cmd $(if $(SEED),-seed $(SEED)) $(if $(CASES),-cases $(CASES))

.PHONY: build
build: ## Build the program into bin/
	$(GO) build -trimpath -o bin/firebreak ./cmd/firebreak

.PHONY: demo
demo: ## Run the scripted incident and serve its pages
	$(GO) run ./cmd/firebreak demo
