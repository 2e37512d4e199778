package trophy

import "embed"

// Nats are tests of package server of nats-server, one a deadlock. They are laid
// over a tree of it with go test's -overlay, in place of its own tests.
//
//go:embed testdata/nats/*_test.go
var Nats embed.FS
