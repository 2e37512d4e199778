package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/lockorder/lockorder/lockorder"
)

// Assumptions lists, by id, the rows of the models that the run relied on to
// rule something out, one a line: id, where the row stands, and its reason. The
// error is w's.
func Assumptions(w io.Writer, r *lockorder.Report) error {
	if len(r.Assumptions) == 0 {
		_, err := fmt.Fprintln(w, "no assumptions: nothing was ruled out on the word of a model")
		return err
	}
	sorted := slices.SortedStableFunc(slices.Values(r.Assumptions), func(a, b lockorder.Assumption) int {
		return strings.Compare(a.ID, b.ID)
	})
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, a := range sorted {
		fmt.Fprintf(table, "%s\t%s\t%s\n", clean(a.ID), clean(a.Model), clean(a.Reason))
	}
	return table.Flush()
}
