// Package graph finds what is wrong in a lock-order graph.
//
// Nodes are lock classes; an edge says that one was taken while another was
// held, and has witnesses. A cycle is a deadlock when for each of its edges a
// witness can be chosen so that
//
//   - no two of them run under a common gate lock, held exclusively by one, nor
//     hold one when they wait that they have taken on the way; what another of
//     the cycle holds is a gate too,
//   - at each lock, who asks is kept out by who holds: not both are readers,
//     unless somebody writes (a waiting writer keeps new readers out),
//   - they can run in goroutines of their own.
//
// A strongly connected set has far more cycles than causes. They are reported
// smallest first; when one is reported, its rarest edge is taken out, and
// what is still a cycle is another cause. The edge's calls are then tried one
// by one: the call without which the most cycles fall is the cut.
//
// The package knows neither SSA nor how edges came about.
package graph
