// Package fact is what one package tells those that import it: the summaries
// of functions (package flow) whose locks a caller can come to hold or to
// need, with the chains behind them, and the calls that only an importer can
// resolve.
//
// A Package is a set of tables; everything else is an index into them. It is
// encoded by one function for both directions (see coder), compressed, and
// the same input gives the same bytes: build systems hash them.
//
// The package knows neither SSA nor go/types: paths, functions and places are
// names.
package fact
