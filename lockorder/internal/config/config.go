package config

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"go/token"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// Name is how the file is called where no other name is given.
const Name = "lockorder.toml"

// Default is the documented default file.
//
//go:embed default.toml
var Default string

// A File is all that a lockorder.toml says, in the order of its lines; rows
// are in the order of their names.
type File struct {
	Roots      []string // nil: ./...
	Exclude    []Pattern
	Kinds      []string // nil: all
	Confidence string   // "": the default
	Ignores    []*Ignore
	Orders     []Order
	Rows       []Row
	Assume     []model.Assumption
}

// A Pattern is one of the excluded packages.
type Pattern struct {
	Text string
	Pos  token.Position
}

// An Ignore accepts the findings that all of its fields fit.
type Ignore struct {
	Kind   string // "" for all
	ID     string // the rest may be empty too, but not all of it
	Locks  []string
	Func   string
	Reason string
	Pos    token.Position
	Used   bool // it has matched a finding
}

// An Order declares that each of its locks comes before the next.
type Order struct {
	Locks []string
	Pos   token.Position
}

// A Row is the model of a function, as the file names it.
type Row struct {
	Package string
	Func    string
	Model   *model.Model
	Pos     token.Position
}

// document is the file as it is written.
type document struct {
	Roots      []string                     `toml:"roots"`
	Exclude    []string                     `toml:"exclude"`
	Kinds      []string                     `toml:"kinds"`
	Confidence string                       `toml:"confidence"`
	Ignore     []ignore                     `toml:"ignore"`
	Order      []order                      `toml:"order"`
	Model      map[string]map[string]string `toml:"model"`
	Assume     []model.Assumption           `toml:"assume"`
}

type ignore struct {
	Kind   string   `toml:"kind"`
	ID     string   `toml:"id"`
	Locks  []string `toml:"locks"`
	Func   string   `toml:"func"`
	Reason string   `toml:"reason"`
}

type order struct {
	Locks []string `toml:"locks"`
}

// Read reads the text of the file of that name. The error joins all that is
// wrong with it, a line each, as name:line: what. kinds and levels are the words
// that may stand for a kind and for a confidence.
func Read(name, text string, kinds, levels []string) (*File, error) {
	var doc document
	d := toml.NewDecoder(bytes.NewReader([]byte(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(&doc); err != nil {
		return nil, explain(name, err)
	}
	r := &reader{name: name, lines: linesOf(text), kinds: kinds, levels: levels}
	r.scope(&doc)
	r.ignores(doc.Ignore)
	r.orders(doc.Order)
	r.models(doc.Model)
	r.assume(doc.Assume)
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	return &r.file, nil
}

// explain says in the words of the format what the decoder has found.
func explain(name string, err error) error {
	if missing, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		var errs []error
		for _, e := range missing.Errors {
			row, _ := e.Position()
			errs = append(errs, fmt.Errorf("%s:%d: %s", name, row, unknown(e.Key())))
		}
		return errors.Join(errs...)
	}
	decode, ok := errors.AsType[*toml.DecodeError](err)
	if !ok {
		return fmt.Errorf("%s: %w", name, err)
	}
	row, column := decode.Position()
	if want := wanted(decode.Key()); want != "" && strings.Contains(decode.Error(), "cannot decode") {
		return fmt.Errorf("%s:%d: %s: want %s", name, row, strings.Join(decode.Key(), "."), want)
	}
	return fmt.Errorf("%s:%d:%d: %s", name, row, column, strings.TrimPrefix(decode.Error(), "toml: "))
}
