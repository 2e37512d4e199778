package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The variables that say where the trees are, with what each is.
var variables = map[string]string{
	"LOCKORDER_CORPUS":  "the path of the corpus, open.jsonl",
	"LOCKORDER_TREES":   "a folder with prepared checkouts: corpus/ID/{buggy,fixed}, go-before, go-after, go-mbefore, go-mafter, nats, etcd",
	"LOCKORDER_CLONES":  "a folder with clones, bare or not, at OWNER/NAME (CAFxX/go has the commits of golang/go)",
	"LOCKORDER_GOBENCH": "a checkout of github.com/timmyyuan/gobench",
}

// A subject is something to measure. Its run reports whether the acceptance
// holds; an error means that it could not be measured.
type subject struct {
	name string
	vars []string
	run  func(context.Context, *bench) (bool, error)
}

var subjects = []subject{
	{"corpus", []string{"LOCKORDER_CORPUS", "LOCKORDER_TREES"}, corpus},
	{"gobench", []string{"LOCKORDER_GOBENCH"}, gobench},
	{"go18", []string{"LOCKORDER_TREES"}, go18},
	{"cost", []string{"LOCKORDER_TREES"}, cost},
	{"trophies", []string{"LOCKORDER_TREES"}, trophies},
	{"equivalence", []string{"LOCKORDER_TREES"}, equivalence},
	{"holdout", []string{"LOCKORDER_CLONES"}, holdout},
}

// A bench is what a subject has to work with.
type bench struct {
	out     io.Writer         // Markdown
	log     io.Writer         // progress
	vars    map[string]string // the subject's variables, all set
	only    map[string]bool   // the rows to measure, true once asked for; none means all
	analyse analyse
	vet     func(ctx context.Context, dir string) ([]vetFinding, error)
	imports func(ctx context.Context, dir string) (*imports, error)
}

// wants says whether the row of that name is to be measured.
func (b *bench) wants(name string) bool {
	if len(b.only) == 0 {
		return true
	}
	_, ok := b.only[name]
	if ok {
		b.only[name] = true
	}
	return ok
}

// tree returns a folder below LOCKORDER_TREES, which must exist.
func (b *bench) tree(parts ...string) (string, error) {
	dir := filepath.Join(append([]string{b.vars["LOCKORDER_TREES"]}, parts...)...)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", fmt.Errorf("%s is no folder: LOCKORDER_TREES must be %s", dir, variables["LOCKORDER_TREES"])
	}
	return dir, nil
}

// errUsage marks wrong use of the command.
var errUsage = errors.New("wrong use")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ok, err := run(ctx, os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil:
		fmt.Fprintf(os.Stderr, "eval: %v\n", err)
	}
	stop()
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil || !ok:
		os.Exit(1)
	}
}

// run measures the subjects that args name; it goes on to the next when one
// cannot be measured, and returns all the errors.
func run(ctx context.Context, args []string) (ok bool, err error) {
	flags := flag.NewFlagSet("eval", flag.ContinueOnError)
	binary := flags.String("lockorder", "", "measure this `binary` (default: build ./cmd/lockorder)")
	only := flags.String("only", "", "comma-separated `names` of the rows to measure (default all)")
	timeout := flags.Duration("timeout", 20*time.Minute, "stop an analysis after this `time`")
	flags.Usage = func() { usage(flags) }
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return true, err
	} else if err != nil {
		return false, fmt.Errorf("%w: %v", errUsage, err)
	}
	chosen, err := choose(flags.Args())
	if err != nil {
		return false, err
	}
	vars, err := paths(chosen, os.Getenv)
	if err != nil {
		return false, err
	}
	t, clean, err := newTool(ctx, *binary, *timeout)
	if err != nil {
		return false, err
	}
	defer clean()

	ok = true
	b := &bench{out: os.Stdout, log: os.Stderr, vars: vars, only: make(map[string]bool), analyse: t.analyse, vet: t.vet, imports: listImports}
	for _, name := range strings.FieldsFunc(*only, func(r rune) bool { return r == ',' || r == ' ' }) {
		b.only[name] = false
	}
	var errs []error
	for _, s := range chosen {
		passed, err := s.run(ctx, b)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.name, err))
		}
		ok = ok && passed
	}
	for _, name := range sortedKeys(b.only) {
		if !b.only[name] {
			errs = append(errs, fmt.Errorf("-only: no subject reached a row %q", name))
		}
	}
	return ok, errors.Join(errs...)
}

// choose finds the subjects by name, in the order of names.
func choose(names []string) ([]subject, error) {
	var known []string
	for _, s := range subjects {
		known = append(known, s.name)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: name a subject: %s", errUsage, strings.Join(known, ", "))
	}
	var chosen []subject
	for _, name := range names {
		i := slices.Index(known, name)
		if i < 0 {
			return nil, fmt.Errorf("%w: no subject %q; there are %s", errUsage, name, strings.Join(known, ", "))
		}
		chosen = append(chosen, subjects[i])
	}
	return chosen, nil
}

// paths reads the variables that the chosen subjects need, as absolute paths.
func paths(chosen []subject, getenv func(string) string) (map[string]string, error) {
	vars := make(map[string]string)
	var errs []error
	for _, s := range chosen {
		for _, v := range s.vars {
			if _, seen := vars[v]; seen {
				continue
			}
			if vars[v] = getenv(v); vars[v] == "" {
				errs = append(errs, fmt.Errorf("%s is not set: subject %s needs %s", v, s.name, variables[v]))
				continue
			}
			path, err := filepath.Abs(vars[v])
			if err == nil {
				_, err = os.Stat(path)
			}
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w: subject %s needs %s", v, err, s.name, variables[v]))
			}
			vars[v] = path
		}
	}
	return vars, errors.Join(errs...)
}

func usage(flags *flag.FlagSet) {
	w := flags.Output()
	fmt.Fprintf(w, "usage: eval [flags] SUBJECT...\n\nSubjects, and the variables they need:\n")
	for _, s := range subjects {
		for _, v := range s.vars {
			fmt.Fprintf(w, "  %-11s %-18s %s\n", s.name, v, variables[v])
		}
	}
	fmt.Fprintf(w, "\nFlags:\n")
	flags.PrintDefaults()
}
