# Two commands do everything: `make demo` shows the main job, `make test` proves
# the whole. Both install what they need, or name exactly what is missing.

GO ?= go
BIN := bin/colophon

.PHONY: build demo test test-editors prove-editors bench docs clean

# What reads policies and flags is not in a hurry; without inlining it is smaller.
build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -gcflags='github.com/goccy/go-yaml/...=-l' -gcflags='github.com/spf13/...=-l' -o $(BIN) ./cmd/colophon

demo: build
	@$(BIN) demo

test:
	@scripts/test

# The integrations in the real editors, or in some: make test-editors EDITOR="vim helix".
# (What git and others take from the environment by that name is not meant.)
EDITORS = $(if $(filter command,$(firstword $(origin EDITOR))),$(EDITOR))
test-editors:
	@scripts/test-editors $(EDITORS)

# The same, and what works where is written down for the table in docs/editors.md.
prove-editors:
	@scripts/test-editors -update $(EDITORS)
	$(GO) test ./docs -run TestEditorsTable -update

bench: build
	$(GO) run ./bench
	$(GO) test -run '^$$' -bench . -benchmem ./message ./diagnostics ./repository ./lsp ./bench

# The pages that are made from code: one per rule, the commands, the README's table.
docs:
	$(GO) test ./docs -update
	$(GO) test ./cmd/colophon -run TestCommandsPage -update
	$(GO) test ./cmd/colophon -run TestTruth -update-flows

clean:
	rm -rf bin .tools
