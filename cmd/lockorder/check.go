package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/cmd/lockorder/internal/report"
	"github.com/lockorder/lockorder/lockorder"
)

// chooseMode finds which flag rules stdout: one, or none for the text.
func (o *options) chooseMode(r *rawFlags) error {
	for _, arg := range r.set.Args() {
		if strings.HasPrefix(arg, "-") {
			return fmt.Errorf("flag %s comes after a package: flags come first", arg)
		}
	}
	for _, m := range []struct {
		flag  string
		given bool
		mode  mode
	}{
		{"-version", r.version, modeVersion},
		{"-explain", r.isSet("explain"), modeExplain},
		{"-config-help", r.configHelp, modeConfigHelp},
		{"-json", r.json, modeJSON},
		{"-why", r.isSet("why"), modeWhy},
		{"-order", r.order.given, modeOrder},
		{"-assumptions", r.assumptions, modeAssumptions},
		{"-write-baseline", r.writeBaseline, modeWriteBaseline},
	} {
		if !m.given {
			continue
		}
		if o.mode != modeText {
			return fmt.Errorf("%s and %s do not go together", flagOf[o.mode], m.flag)
		}
		o.mode = m.mode
	}
	switch {
	case r.graph && o.mode != modeJSON:
		return errors.New("-graph needs -json")
	case r.github && o.mode != modeText:
		return fmt.Errorf("%s and -github do not go together", flagOf[o.mode])
	case r.isSet("check") && o.mode != modeOrder:
		return errors.New("-check needs -order")
	case r.writeBaseline && r.baseline == "":
		return errors.New("-write-baseline needs -baseline=FILE, the file to write")
	}
	return nil
}

// flagOf names the flag of each mode.
var flagOf = map[mode]string{
	modeVersion: "-version", modeExplain: "-explain", modeConfigHelp: "-config-help", modeJSON: "-json", modeWhy: "-why",
	modeOrder: "-order", modeAssumptions: "-assumptions", modeWriteBaseline: "-write-baseline",
}

// readWords checks the flags whose values are words of a closed set, or have a
// syntax.
func (o *options) readWords(r *rawFlags) error {
	for _, word := range split(r.kinds) {
		kind := lockorder.Kind(word)
		if !slices.Contains(lockorder.Kinds, kind) {
			return fmt.Errorf("-kinds: unknown kind %q; the kinds are %s", word, joined(lockorder.Kinds))
		}
		o.config.Kinds = append(o.config.Kinds, kind)
	}
	if r.isSet("kinds") && len(o.config.Kinds) == 0 {
		return fmt.Errorf("-kinds: the list is empty; the kinds are %s", joined(lockorder.Kinds))
	}
	o.config.Confidence = lockorder.Confidence(r.confidence)
	if r.isSet("confidence") && o.config.Confidence.Rank() < 0 {
		return fmt.Errorf("-confidence: unknown level %q; the levels are %s", r.confidence, joined(levels))
	}
	o.order = r.order.format
	switch o.mode {
	case modeWhy:
		q, err := report.ParseQuestion(r.why)
		if err != nil {
			return fmt.Errorf("-why: %w", err)
		}
		o.question = q
	case modeExplain:
		o.explain = lockorder.Kind(r.explain)
		if _, ok := report.Explain(o.explain); !ok {
			return fmt.Errorf("-explain: unknown kind %q; the kinds are %s", r.explain, joined(lockorder.Kinds))
		}
	}
	return nil
}

// isSet reports whether the flag was on the command line.
func (r *rawFlags) isSet(name string) bool {
	found := false
	r.set.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// readPlaces checks the files and directories. As with the go command, names
// are relative to -C.
func (o *options) readPlaces(r *rawFlags) error {
	o.config.Dir = r.dir
	if r.isSet("C") {
		if err := isDir(r.dir); err != nil {
			return fmt.Errorf("-C: %w", err)
		}
	}
	if r.isSet("goroot") {
		o.config.GOROOT = r.goroot
		if err := isDir(filepath.Join(o.under(r.goroot), "src", "runtime")); err != nil {
			return fmt.Errorf("-goroot: %s is no Go tree: %w", r.goroot, err)
		}
	}
	if r.isSet("config") {
		o.config.ConfigFile = r.config
		if err := isFile(o.under(r.config)); err != nil {
			return fmt.Errorf("-config: %w", err)
		}
	}
	return o.readOutputs(r)
}

// readOutputs checks the files to be written: each in a directory that is there,
// no two of them the same.
func (o *options) readOutputs(r *rawFlags) error {
	taken := map[string]string{}
	for _, out := range outputs {
		if !r.isSet(out.flag) {
			continue
		}
		name := *r.files[out.flag]
		if name == "" {
			return fmt.Errorf("-%s: the file has no name", out.flag)
		}
		file := o.under(name)
		if err := isDir(filepath.Dir(file)); err != nil {
			return fmt.Errorf("-%s: %w", out.flag, err)
		}
		if other := taken[file]; other != "" {
			return fmt.Errorf("-%s and -%s name the same file %s", other, out.flag, name)
		}
		taken[file] = out.flag
		o.files[out.flag] = file
	}
	return nil
}

// readBaseline reads the baseline before the analysis: a broken one is known at
// once.
func (o *options) readBaseline(r *rawFlags) error {
	if !r.isSet("baseline") {
		return nil
	}
	if r.baseline == "" {
		return errors.New("-baseline: the file has no name")
	}
	o.baselineFile = o.under(r.baseline)
	f, err := os.Open(o.baselineFile)
	if errors.Is(err, fs.ErrNotExist) && r.writeBaseline {
		o.baseline = report.Baseline{}
		if err := isDir(filepath.Dir(o.baselineFile)); err != nil {
			return fmt.Errorf("-baseline: %w", err)
		}
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("-baseline: %w; -write-baseline makes it", err)
	}
	if err != nil {
		return fmt.Errorf("-baseline: %w", err)
	}
	defer f.Close()
	o.baseline, err = report.ReadBaseline(f)
	if err != nil {
		return fmt.Errorf("-baseline: %s: %w", r.baseline, err)
	}
	return nil
}

// readOrder reads the lock order to check against.
func (o *options) readOrder(r *rawFlags) error {
	if !r.isSet("check") {
		return nil
	}
	if r.check == "" {
		return errors.New("-check: the file has no name")
	}
	f, err := os.Open(o.under(r.check))
	if err != nil {
		return fmt.Errorf("-check: %w", err)
	}
	defer f.Close()
	o.keptFile = r.check
	if o.kept, err = report.ReadOrder(f); err != nil {
		return fmt.Errorf("-check: %s: %w", r.check, err)
	}
	return nil
}

// under returns a file name of the command line as seen from here.
func (o *options) under(name string) string {
	if filepath.IsAbs(name) || o.config.Dir == "" {
		return filepath.Clean(name)
	}
	return filepath.Join(o.config.Dir, name)
}

func isDir(name string) error {
	info, err := os.Stat(name)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a directory", name)
	}
	return err
}

func isFile(name string) error {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a file", name)
	}
	return err
}
