// Package report writes a finished [lockorder.Report]: as text for people, as
// JSON and SARIF for programs, as DOT, as a page for a browser, and as the lock
// hierarchy that the graph implies. It also keeps the baseline, answers -why and holds the texts of
// -explain.
//
// What comes in is a Report and nothing else; what goes out is bytes, the same
// for the same Report. The package knows no source, no SSA and no analysis: a
// format that needs to know more needs a new field in the Report.
//
// Each format is a file with a function named after it. The story of an edge
// (who holds what, through which calls to which acquisition) is told once, in
// story.go, and every format that shows it takes it from there.
package report
