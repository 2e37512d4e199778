# What is done with this repository. `make` alone lists the targets; each has
# its line of help behind ##.

GO  ?= go
BIN := bin/lockorder

.DEFAULT_GOAL := help
.PHONY: help build test lint audit demo eval install

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build bin/lockorder
	$(GO) build -o $(BIN) ./cmd/lockorder

test: ## run all tests
	$(GO) test ./...

# The last lines are the tool on its own code. The vet tool joins them, as
#	$(GO) vet -vettool=$(CURDIR)/$(BIN) ./...
# once cmd/lockorder/vet.go runs an analyzer.
lint: build ## gofmt, go vet, staticcheck, and lockorder on its own code
	@files=$$(gofmt -l cmd lockorder testdata) && { test -z "$$files" || { echo "not gofmt'ed:"; echo "$$files"; exit 1; }; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(BIN) ./...

audit: build ## look for deadlocks in the runtime of the installed Go
	$(BIN) runtime

# Exit status 3 says that there are findings; here there must be.
demo: build ## find the deadlock of the miniature runtime in testdata/src
	@echo "$(BIN) -C testdata/src ./miniruntime"; \
	$(BIN) -C testdata/src ./miniruntime; status=$$?; \
	test $$status -eq 3 || { echo "demo: exit status $$status, want 3: the deadlock was not found" >&2; exit 1; }

# The trees that it measures are not in the repository: the variables say
# where they are, and the command says which are missing. See docs/evaluation.md.
eval: ## measure on LOCKORDER_CORPUS, LOCKORDER_TREES and LOCKORDER_GOBENCH
	$(GO) run ./lockorder/internal/eval corpus gobench go18 cost

install: ## go install ./cmd/lockorder
	$(GO) install ./cmd/lockorder
