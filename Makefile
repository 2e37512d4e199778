# What is done with this repository. `make` alone lists the targets; each has
# its line of help behind ##.

GO  ?= go
BIN := bin/lockorder

.DEFAULT_GOAL := help
.PHONY: help build test lint audit demo eval golangci install page picture

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build bin/lockorder
	$(GO) build -o $(BIN) ./cmd/lockorder

# The tests of the page of -html need a Chromium: where there is none they are
# skipped, unless LOCKORDER_BROWSER=required, as in .ci/run.
test: ## run all tests
	$(GO) test ./...

# The last lines are the tool on its own code, in both of its ways.
lint: build ## gofmt, go vet, staticcheck, and lockorder on its own code
	@files=$$(gofmt -l cmd docs lockorder testdata) && { test -z "$$files" || { echo "not gofmt'ed:"; echo "$$files"; exit 1; }; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(BIN) ./...
	$(GO) vet -vettool=$(CURDIR)/$(BIN) ./...

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
	$(GO) run ./lockorder/internal/eval corpus gobench go18 cost trophies equivalence

# The Go program embeds what this builds: it is committed, and needs no npm.
page: ## build the page of -html again, with npm
	cd cmd/lockorder/internal/report/page && npm ci && npm run build

# TREE is the Go 1.8 runtime before the fix: its second go18 case in docs/evaluation.md.
picture: build ## make docs/go18.png again, with Chromium, from the Go tree in TREE
	@test -n "$(TREE)" || { echo "picture: TREE=DIR says where the Go tree is" >&2; exit 2; }
	$(BIN) -C $(TREE) -goroot=. -html=$(CURDIR)/bin/go18.html runtime >/dev/null; test $$? -eq 3
	$(GO) run ./cmd/lockorder/internal/browser/shot -size 1260x760 -do "document.querySelector('[data-finding]').click()" bin/go18.html docs/go18.png

# Minutes, and the network: golangci-lint custom clones golangci-lint. The sample
# has one finding, and golangci-lint's exit status for that is 1.
golangci: ## build golangci-lint with the plugin, and run it on testdata/golangci
	cd testdata/golangci && golangci-lint custom && { ./custom-gcl run ./...; test $$? -eq 1; }

install: ## go install ./cmd/lockorder
	$(GO) install ./cmd/lockorder
