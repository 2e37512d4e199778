package lockorder_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/lockorder/lockorder/lockorder"
)

// Run analyses packages and what they import, and returns a report in which
// every finding carries its proof.
func ExampleRun() {
	report, err := lockorder.Run(context.Background(), lockorder.Config{
		Dir:      "../testdata/src",
		Patterns: []string{"./abba_direct"},
		Kinds:    []lockorder.Kind{lockorder.Cycle},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range report.Findings {
		fmt.Println(f.Kind, f.Confidence)
		for _, e := range f.Edges {
			fmt.Printf("%s holds %s and takes %s\n", e.Function, e.Held, e.Acquired)
		}
	}
	// Output:
	// cycle high
	// example.com/testdata/abba_direct.Flush holds example.com/testdata/abba_direct.Store.mu and takes example.com/testdata/abba_direct.Cache.mu
	// example.com/testdata/abba_direct.Load holds example.com/testdata/abba_direct.Cache.mu and takes example.com/testdata/abba_direct.Store.mu
}

// The lock graph answers which locks a program takes under another.
func ExampleConfig_graph() {
	report, err := lockorder.Run(context.Background(), lockorder.Config{
		Dir:      "../testdata/src",
		Patterns: []string{"./abba_direct_same_order"},
		Graph:    true,
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range report.Graph.Edges {
		if strings.HasPrefix(e.Held, "example.com/testdata/") {
			fmt.Println(e.Held, "->", e.Acquired)
		}
	}
	// Output:
	// example.com/testdata/abba_direct_same_order.Cache.mu -> example.com/testdata/abba_direct_same_order.Store.mu
}

// A vet tool of one's own is a main with the Analyzer.
func ExampleAnalyzer() {
	singlechecker.Main(lockorder.Analyzer)
}

// A suppressed finding is still in the report, with the reason.
func ExampleReport_suppressed() {
	report := &lockorder.Report{Suppressed: []lockorder.Suppressed{{
		Finding: lockorder.Finding{ID: "LO-1", Kind: lockorder.Leak},
		By:      "comment", Reason: "the caller unlocks",
	}}}
	for _, s := range report.Suppressed {
		fmt.Printf("%s %s, by %s: %s\n", s.Finding.ID, s.Finding.Kind, s.By, s.Reason)
	}
	// Output: LO-1 leak, by comment: the caller unlocks
}
