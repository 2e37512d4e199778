// Eval measures lockorder on trees that CI cannot have: checkouts of real
// deadlocks and of their fixes, the kernels of GoBench, old Go runtimes, large
// servers. It prints Markdown to stdout, progress to stderr, and exits with
// status 1 when an acceptance fails.
//
//	go run ./lockorder/internal/eval [-lockorder BIN] [-only NAMES] SUBJECT...
//
// Without -lockorder it builds ./cmd/lockorder. The subjects, and the
// environment variables that say where their trees are:
//
//	corpus   LOCKORDER_CORPUS   the list of deadlocks, open.jsonl
//	         LOCKORDER_TREES    a folder with corpus/ID/buggy and corpus/ID/fixed
//	gobench  LOCKORDER_GOBENCH  a checkout of github.com/timmyyuan/gobench
//	go18     LOCKORDER_TREES    a folder with go-before, go-after, go-mbefore, go-mafter
//	cost     LOCKORDER_TREES    a folder with go-before, nats and etcd
//	trophies LOCKORDER_TREES    a folder with nats
//	equivalence LOCKORDER_TREES a folder with nats and etcd
//	holdout  LOCKORDER_CLONES   a folder with git clones, at OWNER/NAME
//
// It judges reports, in the JSON that everyone gets, and must not know how the
// analysis comes to them: it runs the binary and shares only the report's types.
// judge.go says when a finding is the one that was expected; corpus.go,
// gobench.go, go18.go, cost.go, trophies.go and holdout.go hold a subject each,
// kernels.go what is known of GoBench's kernels, holdout.tsv the fixes to find.
// The subject trophies runs no analysis: it makes found deadlocks happen, and
// dump.go says when one has. The subject equivalence compares the two ways of
// use; vet.go runs the other one.
package main
