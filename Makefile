# Shortcuts; each line can be typed by hand as well. `make` builds.

GO ?= go
export GOFLAGS ?= -buildvcs=false

.PHONY: build test check fuzz demo ci clean

build: ## the program, without cgo
	CGO_ENABLED=0 $(GO) build -trimpath -o attribot ./cmd/attribot

test: ## everything that needs no service and no network
	$(GO) test ./...

check: ## gofmt, vet, staticcheck, race tests
	bash .ci/run format vet staticcheck race

fuzz: ## every fuzz target for a few seconds
	bash .ci/run fuzz

demo: ## the sample world, on this terminal
	$(GO) run ./cmd/attribot demo

ci: ## all that has to hold; installs what it needs
	bash .ci/run

clean:
	rm -f attribot coverage.out
