package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/cmd/lockorder/internal/report"
	"github.com/lockorder/lockorder/lockorder"
)

//go:embed doc.go
var doc string

// A mode is what the program prints on stdout.
type mode int

const (
	modeText mode = iota
	modeJSON
	modeWhy
	modeOrder
	modeAssumptions
	modeWriteBaseline
	modeExplain
	modeConfigHelp
	modeVersion
	modeHelp
)

// options is the command line, checked.
type options struct {
	mode    mode
	config  lockorder.Config
	files   map[string]string // output files by the name of their flag
	graph   bool
	verbose bool
	github  bool

	question report.Question    // modeWhy
	order    report.OrderFormat // modeOrder
	kept     *report.KeptOrder  // modeOrder with -check
	keptFile string             // its name, as it was typed
	explain  lockorder.Kind     // modeExplain

	baselineFile string
	baseline     report.Baseline // nil without -baseline

	profiles profiles
}

// rawFlags is the command line as it was typed.
type rawFlags struct {
	set *flag.FlagSet

	dir, tags, goroot, kinds, confidence, why, config, baseline, explain, suspend, check string

	test, json, graph, writeBaseline, verbose, assumptions, configHelp, github, version bool

	order orderFlag
	files map[string]*string
}

// define declares the flags. The usage strings name the value in backquotes, as
// package flag wants it.
func define() *rawFlags {
	r := &rawFlags{set: flag.NewFlagSet("lockorder", flag.ContinueOnError), files: map[string]*string{}}
	r.set.SetOutput(io.Discard) // errors are returned, help is printed by run
	f := r.set
	f.StringVar(&r.dir, "C", "", "change to `dir` first; other file names are relative to it")
	f.BoolVar(&r.test, "test", false, "analyse the packages' tests too")
	f.StringVar(&r.tags, "tags", "", "comma-separated `list` of build tags")
	f.StringVar(&r.goroot, "goroot", "", "take the standard library from the Go tree in `dir`")
	f.BoolVar(&r.json, "json", false, "write the report to stdout as JSON")
	f.BoolVar(&r.graph, "graph", false, "with -json, write the whole lock graph too")
	for _, out := range outputs {
		r.files[out.flag] = f.String(out.flag, "", out.usage)
	}
	f.BoolVar(&r.github, "github", false, "in a GitHub workflow: annotate the worst findings, and write the step's summary")
	f.StringVar(&r.kinds, "kinds", "", "comma-separated `list` of the kinds to report: "+joined(lockorder.Kinds)+" (default all)")
	f.StringVar(&r.confidence, "confidence", "", "the least confidence to report, a `level`: "+joined(levels)+" (default medium)")
	f.StringVar(&r.why, "why", "", "print the shortest witness of an `edge`, written \"A -> B\"")
	f.Var(&r.order, "order", "print the lock hierarchy as a table; -order=FORMAT for one of "+joined(report.OrderFormats))
	f.StringVar(&r.check, "check", "", "with -order, compare the code with a hierarchy that -order printed into `file`")
	f.StringVar(&r.config, "config", "", "read `file` instead of the lockorder.toml of the main module")
	f.BoolVar(&r.configHelp, "config-help", false, "print a documented lockorder.toml, and exit")
	f.StringVar(&r.baseline, "baseline", "", "report only what `file` does not list")
	f.BoolVar(&r.writeBaseline, "write-baseline", false, "write the findings to the -baseline file, and keep its reasons")
	f.StringVar(&r.explain, "explain", "", "explain a `kind` of finding, and exit")
	f.BoolVar(&r.assumptions, "assumptions", false, "list the assumptions of the models that the run relied on")
	f.StringVar(&r.suspend, "suspend", "", "comma-separated `list` of assumptions not to rely on")
	f.BoolVar(&r.verbose, "v", false, "show long chains in full, each stage, and what it cost")
	f.BoolVar(&r.version, "version", false, "print the version, and exit")
	return r
}

// orderFlag is a flag that may stand alone or name a format.
type orderFlag struct {
	given  bool
	format report.OrderFormat
}

func (o *orderFlag) IsBoolFlag() bool { return true }
func (o *orderFlag) String() string   { return string(o.format) }

func (o *orderFlag) Set(s string) error {
	switch s {
	case "true":
		s = string(report.OrderFormats[0])
	case "false":
		*o = orderFlag{}
		return nil
	}
	o.given, o.format = true, report.OrderFormat(s)
	if !slices.Contains(report.OrderFormats, o.format) {
		return fmt.Errorf("want one of %s", joined(report.OrderFormats))
	}
	return nil
}

var levels = []lockorder.Confidence{lockorder.High, lockorder.Medium, lockorder.Low}

// parse reads the command line and checks it as far as that needs no analysis,
// for that may take a minute. Its errors are wrong use.
func parse(args []string) (*options, error) {
	r := define()
	var p profiles
	p.define(r.set)
	if err := r.set.Parse(args); errors.Is(err, flag.ErrHelp) {
		return &options{mode: modeHelp}, nil
	} else if err != nil {
		return nil, err
	}
	o := &options{
		config: lockorder.Config{
			Patterns: r.set.Args(), Tests: r.test, Tags: r.tags, Suspend: split(r.suspend),
		},
		graph: r.graph, verbose: r.verbose, github: r.github, files: map[string]string{}, profiles: p,
	}
	for _, check := range []func(*rawFlags) error{o.chooseMode, o.readWords, o.readPlaces, o.readBaseline, o.readOrder} {
		if err := check(r); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// help prints the usage: the command's documentation and its flags.
func help(w io.Writer) error {
	_, text, _ := strings.Cut(doc, "/*\n")
	text, _, _ = strings.Cut(text, "*/")
	r := define()
	var flags strings.Builder
	r.set.SetOutput(&flags)
	r.set.PrintDefaults()
	_, err := fmt.Fprintf(w, "%s\nFlags:\n\n%s", text, flags.String())
	return err
}

// joined lists words as a person would read them.
func joined[S ~string](words []S) string {
	s := make([]string, len(words))
	for i, w := range words {
		s[i] = string(w)
	}
	return strings.Join(s, ", ")
}

// split reads a comma-separated list; blanks and empty items do not count.
func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
