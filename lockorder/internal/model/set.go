package model

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// A Set is the models of one run, by function.
type Set struct {
	models  map[string]*Model
	assumed []Assumption
	off     map[string]bool
}

// An Assumption rules paths out for a reason that the source does not show.
type Assumption struct {
	ID      string `toml:"id"`
	Package string `toml:"package"` // import path, or "" for every package
	// Unset: an unexported variable that nothing stores keeps its zero value.
	Unset bool `toml:"unset"`
	// Zero lists variables that are zero whatever stores them.
	Zero []string `toml:"zero"`
	// Silent lists functions that are taken to touch no lock.
	Silent []string `toml:"silent"`
	// Below lists packages (or trees of them, path/...) whose functions are
	// taken to touch no lock of the program's, unless they are analysed
	// themselves.
	Below []string `toml:"below"`
	// Forever lists variables that are locked only to stop for ever.
	Forever []string `toml:"forever"`
	// Calls lists calls, "caller -> callee", that are taken to reach no lock.
	Calls []string `toml:"calls"`
	// Edges lists what is never taken under what, "held -> acquired".
	Edges  []string `toml:"edges"`
	Reason string   `toml:"reason"`
	Where  string   `toml:"-"`
}

//go:embed builtin/*.toml
var builtin embed.FS

// Builtin returns the models that come with the tool, without those of the
// suspended assumptions. It fails when suspend names no assumption.
func Builtin(suspend []string) (*Set, error) {
	s := &Set{models: make(map[string]*Model), off: make(map[string]bool)}
	for _, id := range suspend {
		s.off[id] = true
	}
	files, err := fs.Glob(builtin, "builtin/*.toml")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		text, err := builtin.ReadFile(f)
		if err != nil {
			return nil, err
		}
		if err := s.Add(path.Base(f), string(text)); err != nil {
			return nil, err
		}
	}
	known := make(map[string]bool)
	var ids []string
	for _, a := range s.assumed {
		known[a.ID] = true
		ids = append(ids, a.ID)
	}
	for _, id := range suspend {
		if !known[id] {
			return nil, &UnknownAssumption{ID: id, Known: ids}
		}
	}
	return s, nil
}

// An UnknownAssumption is an id to suspend that no built-in assumption has.
type UnknownAssumption struct {
	ID    string
	Known []string
}

func (e *UnknownAssumption) Error() string {
	return fmt.Sprintf("no assumption %q to suspend; there are: %s", e.ID, strings.Join(e.Known, ", "))
}

// Add reads rows: tables named by an import path whose keys are functions,
// and [[assume]] tables. name is used in messages. The file of a user is read
// by package config, which says more where it is wrong.
func (s *Set) Add(name, text string) error {
	var rules struct {
		Assume []Assumption `toml:"assume"`
	}
	var rows map[string]any
	if err := errors.Join(toml.Unmarshal([]byte(text), &rules), toml.Unmarshal([]byte(text), &rows)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, a := range rules.Assume {
		if a.ID == "" || a.Reason == "" {
			return fmt.Errorf("%s: an assumption needs an id and a reason", name)
		}
		a.Where = name
		s.assumed = append(s.assumed, a)
	}
	delete(rows, "assume")
	for pkg, table := range rows {
		functions, ok := table.(map[string]any)
		if !ok {
			return fmt.Errorf("%s: unknown key %s: want a table named by an import path, or [[assume]]", name, pkg)
		}
		for fn, row := range functions {
			does, ok := row.(string)
			if !ok {
				return fmt.Errorf("%s: [%s] %s: want a string that says what the function does", name, pkg, fn)
			}
			m, err := Parse(pkg, fn, does)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			m.Where = name
			s.Put(m)
		}
	}
	return nil
}

// Put adds a model, in place of an earlier one of the same function.
func (s *Set) Put(m *Model) { s.models[m.Func] = m }

// Assume adds assumptions.
func (s *Set) Assume(as ...Assumption) { s.assumed = append(s.assumed, as...) }

// Lookup returns the model of the function that go/ssa names so, or nil.
func (s *Set) Lookup(fn string) *Model { return s.models[fn] }

// Assumptions returns the assumptions in force, by id.
func (s *Set) Assumptions() []Assumption {
	var in []Assumption
	for _, a := range s.assumed {
		if !s.off[a.ID] {
			in = append(in, a)
		}
	}
	sort.SliceStable(in, func(i, j int) bool { return in[i].ID < in[j].ID })
	return in
}
