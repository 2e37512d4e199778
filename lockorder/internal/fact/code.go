package fact

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// version is the first byte; facts of another version are not read.
const version = 5

// Encode writes a package. The same package gives the same bytes. The policy
// comes first, since it is needed first, and most often there is none; then all
// else, compressed, after its length.
func Encode(p *Package) ([]byte, error) {
	c := &coder{out: []byte{version}}
	c.policy(&p.Policy)
	head := c.out
	c.out = nil
	c.pkg(p)
	out := bytes.NewBuffer(binary.AppendUvarint(head, uint64(len(c.out))))
	w, err := flate.NewWriter(out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(c.out); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Decode reads what Encode wrote.
func Decode(data []byte) (*Package, error) {
	p := &Package{}
	var err error
	var rest []byte
	if p.Policy, rest, err = decodePolicy(data); err != nil {
		return nil, err
	}
	c := &coder{in: rest, reading: true}
	size := 0
	if c.int(&size); c.bad || size < 0 || size > maxRatio*len(c.in) {
		return nil, errDamaged
	}
	in := make([]byte, size)
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(c.in)), in); err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	c.in = in
	c.pkg(p)
	if c.bad || len(c.in) > 0 {
		return nil, errDamaged
	}
	return p, nil
}

// maxRatio is how many times its size the format of deflate lets something
// shrink.
const maxRatio = 1032

// DecodePolicy reads the Policy of what Encode wrote.
func DecodePolicy(data []byte) ([]Policy, error) {
	p, _, err := decodePolicy(data)
	return p, err
}

// decodePolicy returns what comes after it, too.
func decodePolicy(data []byte) ([]Policy, []byte, error) {
	if len(data) == 0 || data[0] != version {
		return nil, nil, errors.New("facts of another version")
	}
	c := &coder{in: data[1:], reading: true}
	var p []Policy
	if c.policy(&p); c.bad {
		return nil, nil, errDamaged
	}
	return p, c.in, nil
}

var errDamaged = errors.New("read facts: damaged")

// A coder writes, or reads: each method is both, so that they cannot differ.
type coder struct {
	reading bool
	in, out []byte
	bad     bool
}

func (c *coder) int(n *int) {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, uint64(*n))
		return
	}
	v, k := binary.Uvarint(c.in)
	if k <= 0 {
		c.bad, c.in = true, nil
		return
	}
	*n, c.in = int(v), c.in[k:]
}

func (c *coder) byte(b *uint8) {
	n := int(*b)
	c.int(&n)
	*b = uint8(n)
}

// flags packs booleans.
func (c *coder) flags(bs ...*bool) {
	n := 0
	for i, b := range bs {
		if *b {
			n |= 1 << i
		}
	}
	c.int(&n)
	for i, b := range bs {
		*b = n&(1<<i) != 0
	}
}

func (c *coder) string(s *string) {
	n := len(*s)
	c.int(&n)
	if !c.reading {
		c.out = append(c.out, *s...)
		return
	}
	if n < 0 || n > len(c.in) {
		c.bad, c.in = true, nil
		return
	}
	*s, c.in = string(c.in[:n]), c.in[n:]
}

// list codes the length and the elements of a slice.
func list[T any](c *coder, s *[]T, elem func(*coder, *T)) {
	n := len(*s)
	c.int(&n)
	if c.reading {
		if n < 0 || n > len(c.in) { // an element takes a byte at least
			c.bad, c.in = true, nil
			return
		}
		if n > 0 {
			*s = make([]T, n)
		}
	}
	for i := range *s {
		elem(c, &(*s)[i])
	}
}

func (c *coder) ints(s *[]int) { list(c, s, (*coder).int) }

func (c *coder) policy(p *[]Policy) {
	list(c, p, func(c *coder, q *Policy) {
		c.int(&q.What)
		c.string(&q.Kind)
		c.string(&q.Text)
		c.string(&q.File)
		c.int(&q.Line)
	})
}

func (c *coder) pkg(p *Package) {
	list(c, &p.Strings, (*coder).string)
	list(c, &p.Fields, func(c *coder, f *Field) {
		c.each(&f.Key, &f.Class, &f.Alias, &f.Pkg, &f.Name)
		c.flags(&f.Wrapper)
	})
	list(c, &p.Paths, func(c *coder, q *Path) {
		c.byte(&q.Kind)
		c.each(&q.Index, &q.Base, &q.Field, &q.Pkg, &q.Name)
	})
	list(c, &p.Places, func(c *coder, q *Place) { c.each(&q.Fn, &q.File, &q.Line, &q.Column, &q.Order) })
	list(c, &p.Sites, func(c *coder, s *Site) {
		c.each(&s.Place, &s.Via, &s.Inner)
		c.flags(&s.Released, &s.ByCaller, &s.Leaked)
	})
	list(c, &p.Helds, func(c *coder, h *Held) {
		c.int(&h.Path)
		c.byte(&h.Mode)
		c.int(&h.Site)
		c.flags(&h.Fresh, &h.Try)
	})
	list(c, &p.Classes, func(c *coder, k *Class) {
		modes := int(k.Modes)
		c.each(&k.Name, &modes, &k.Writer)
		k.Modes = uint(modes)
		c.flags(&k.Given)
	})
	list(c, &p.Nodes, (*coder).node)
	list(c, &p.Dead, func(c *coder, d *Dead) {
		c.int(&d.Fn)
		c.flags(&d.Dies)
	})
	list(c, &p.Pipes, func(c *coder, q *Pipe) { c.each(&q.From, &q.To) })
	list(c, &p.Feeds, func(c *coder, q *Feed) { c.each(&q.Slot, &q.Method, &q.Fn) })
	list(c, &p.Types, func(c *coder, t *Type) {
		c.int(&t.Name)
		list(c, &t.Methods, func(c *coder, m *Method) { c.each(&m.ID, &m.Fn) })
	})
	list(c, &p.Puts, func(c *coder, q *Put) { c.each(&q.Slot, &q.Type) })
	list(c, &p.Stores, func(c *coder, s *Store) {
		c.each(&s.Fn, &s.Owner, &s.Field, &s.Value)
		c.flags(&s.Made, &s.Elem)
	})
	list(c, &p.Waits, func(c *coder, w *Wait) {
		c.each(&w.Class, &w.Field, &w.Pkg, &w.Name, &w.Set)
		c.flags(&w.Buffered, &w.Sized, &w.Token)
	})
	list(c, &p.Flows, func(c *coder, q *Flow) {
		list(c, &q.Blocks, func(c *coder, b *Block) { c.ints(&b.Succs) })
		list(c, &q.Spots, func(c *coder, s *Spot) {
			c.each(&s.Place, &s.Block)
			c.flags(&s.Deferred, &s.Choice, &s.Cancelled)
		})
	})
}

func (c *coder) each(ns ...*int) {
	for _, n := range ns {
		c.int(n)
	}
}

func (c *coder) node(n *Node) {
	c.each(&n.Fn, &n.Key, &n.Results)
	c.ints(&n.Slots)
	c.flags(&n.Root, &n.Spawned, &n.Started)
	list(c, &n.Must, func(c *coder, g *Gate) {
		c.int(&g.Class)
		c.byte(&g.Mode)
	})
	list(c, &n.Acquires, func(c *coder, a *Acquire) {
		c.int(&a.Path)
		c.byte(&a.Mode)
		c.flags(&a.Nested)
		c.int(&a.Site)
		c.ints(&a.Held)
		c.ints(&a.Holes)
	})
	list(c, &n.Calls, func(c *coder, k *Call) {
		c.int(&k.Place)
		list(c, &k.Callees, (*coder).callee)
		c.ints(&k.Held)
		c.ints(&k.Holes)
	})
	list(c, &n.Opens, func(c *coder, o *Open) {
		c.each(&o.Place, &o.Path, &o.Slot, &o.Method, &o.Via)
		list(c, &o.Args, (*coder).value)
		c.ints(&o.Held)
		c.ints(&o.Holes)
	})
	list(c, &n.Signals, func(c *coder, s *Signal) {
		c.int(&s.Path)
		c.byte(&s.Mode)
		c.int(&s.Place)
		c.ints(&s.Held)
		c.int(&s.End)
	})
	list(c, &n.Exits, func(c *coder, x *Exit) {
		c.ints(&x.Held)
		c.ints(&x.Holes)
		list(c, &x.Results, (*coder).value)
		list(c, &x.Conds, func(c *coder, k *Cond) {
			c.each(&k.Slot, &k.Path, &k.Val)
			c.flags(&k.Is)
		})
	})
}

func (c *coder) callee(k *Callee) {
	c.each(&k.Node, &k.Via)
	list(c, &k.Args, (*coder).value)
	list(c, &k.Binds, (*coder).value)
}

func (c *coder) value(v *Value) {
	c.each(&v.Slot, &v.Path, &v.Const)
	c.flags(&v.Nil, &v.OrNil, &v.Set)
	c.each(&v.Dyn, &v.Fn)
	list(c, &v.Binds, (*coder).value)
}
