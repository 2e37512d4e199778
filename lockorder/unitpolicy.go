package lockorder

import (
	"encoding/json"
	"fmt"
	"go/token"
	"path"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/model"
	"github.com/lockorder/lockorder/lockorder/internal/policy"
)

// readPolicy reads the comments of the unit, after what its imports tell of
// theirs: models of functions that the unit may call, orders that its edges
// may be against, ignores of places that its findings may go through.
func (u *unit) readPolicy() error {
	var orders []policy.Order
	var ignores []*policy.Ignore
	seen := make(map[fact.Policy]bool)
	for _, imp := range u.imports {
		told, err := fact.DecodePolicy(imp.Data)
		if err != nil {
			return fmt.Errorf("facts of package %s: %w", imp.Path, err)
		}
		for _, q := range told {
			if seen[q] {
				continue
			}
			seen[q] = true
			u.told = append(u.told, q)
			pos := token.Position{Filename: q.File, Line: q.Line, Column: 1}
			switch q.What {
			case fact.Model:
				m := new(model.Model)
				if err := json.Unmarshal([]byte(q.Text), m); err != nil {
					return fmt.Errorf("facts of package %s: a model: %w", imp.Path, err)
				}
				u.models.Put(m)
			case fact.Order:
				o := policy.Order{Pos: pos}
				if err := json.Unmarshal([]byte(q.Text), &o.Locks); err != nil {
					return fmt.Errorf("facts of package %s: an order: %w", imp.Path, err)
				}
				orders = append(orders, o)
			case fact.Ignore:
				ignores = append(ignores, &policy.Ignore{Kind: q.Kind, Reason: q.Text, Pos: pos, File: q.File, Line: q.Line, Used: true})
			}
		}
	}
	u.policy = policy.Read(u.pass.Fset, []policy.Package{{
		Path: u.pass.Pkg.Path(), Name: u.pass.Pkg.Name(), Files: u.pass.Files, Types: u.pass.Pkg,
	}}, u.models)
	for _, m := range u.policy.Models {
		u.models.Put(m)
	}
	u.ownOrders, u.ownIgnores = u.policy.Orders, u.policy.Ignores
	u.policy.Orders = append(orders, u.policy.Orders...)
	u.policy.Ignores = append(ignores, u.policy.Ignores...)
	return nil
}

// writePolicy adds the unit's policy to its facts. An ignore is told if it
// stands at a place that importers can know; then one of their findings may
// be what it is for, and the unit does not call it unused.
func (u *unit) writePolicy(p *fact.Package) error {
	at := make(map[placed]bool)
	for _, q := range p.Places {
		if q.File > 0 {
			at[placed{p.Strings[q.File-1], q.Line}] = true
		}
	}
	for _, q := range u.told {
		if q.What != fact.Ignore || at[placed{q.File, q.Line}] {
			p.Policy = append(p.Policy, q)
		}
	}
	for _, m := range u.policy.Models {
		text, err := json.Marshal(m)
		if err != nil {
			return err
		}
		p.Policy = append(p.Policy, fact.Policy{What: fact.Model, Text: string(text)})
	}
	for i := range u.ownOrders {
		text, err := json.Marshal(u.ownOrders[i].Locks)
		if err != nil {
			return err
		}
		pos := u.ownOrders[i].Pos
		p.Policy = append(p.Policy, fact.Policy{What: fact.Order, Text: string(text), File: u.farFile(pos.Filename), Line: pos.Line})
	}
	for _, ig := range u.ownIgnores {
		if file := u.farFile(ig.File); at[placed{file, ig.Line}] {
			ig.Used = true
			p.Policy = append(p.Policy, fact.Policy{What: fact.Ignore, Kind: ig.Kind, Text: ig.Reason, File: file, Line: ig.Line})
		}
	}
	return nil
}

// placed is a line of a file, by its name for other units.
type placed struct {
	file string
	line int
}

// declaredHere reports whether a declaration is one of the unit's.
func (u *unit) declaredHere(pos token.Position) bool {
	return path.IsAbs(pos.Filename) || u.own(Pos{File: pos.Filename, Line: pos.Line})
}
