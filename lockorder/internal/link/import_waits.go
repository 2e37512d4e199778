package link

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// awaited are the places of which facts say that one thing that is waited for
// may be in any of them.
type awaited struct {
	places []any
	room   room
}

// A localPlace is a variable of a function that only facts tell of, by its
// class.
type localPlace string

// readWaits reads what is waited for, and which of it may be the same.
func (d *decoder) readWaits() {
	index := make(map[int]int) // in d.f.awaited, by set
	for _, w := range d.in.Waits {
		class := d.text(w.Class)
		var place any = localPlace(class)
		switch {
		case w.Field > 0:
			place = d.fields[w.Field-1]
		case w.Name > 0:
			place = d.f.variable(d.text(w.Pkg), d.text(w.Name))
		}
		d.f.waits[class] = place
		i, ok := index[w.Set]
		if !ok {
			i = len(d.f.awaited)
			index[w.Set] = i
			d.f.awaited = append(d.f.awaited, awaited{room: room{buffered: w.Buffered, sized: w.Sized, token: w.Token}})
		}
		d.f.awaited[i].places = append(d.f.awaited[i].places, place)
	}
}

// readFlows puts places into blocks. Two facts that tell of one function say the
// same of its blocks, and may have different places in them.
func (d *decoder) readFlows() {
	for i := range d.in.Flows {
		q := &d.in.Flows[i]
		fn := d.places[q.Spots[0].Place-1].Fn
		blocks := d.f.flows[fn]
		if blocks == nil {
			for j := range q.Blocks {
				blocks = append(blocks, &ssa.BasicBlock{Index: j})
			}
			for j, b := range q.Blocks {
				for _, to := range b.Succs {
					blocks[j].Succs = append(blocks[j].Succs, blocks[to])
					blocks[to].Preds = append(blocks[to].Preds, blocks[j])
				}
			}
			d.f.flows[fn] = blocks
		}
		for _, s := range q.Spots {
			at := d.places[s.Place-1]
			if at.In != nil {
				continue
			}
			b := blocks[s.Block]
			at.In, at.Deferred, at.Choice, at.Cancelled = b, s.Deferred, s.Choice, s.Cancelled
			j, _ := slices.BinarySearchFunc(b.Instrs, at.Order, func(in ssa.Instruction, order int) int { return in.(*flow.Far).Order - order })
			b.Instrs = slices.Insert(b.Instrs, j, ssa.Instruction(at))
		}
	}
}

// tell joins the places of which facts say that they are one.
func (c *chans) tell(told []awaited) {
	for _, a := range told {
		for _, place := range a.places[1:] {
			c.union(a.places[0], place)
		}
	}
}

// tellRoom adds what facts say of buffers.
func (c *chans) tellRoom(told []awaited) {
	for _, a := range told {
		c.addRoom(a.places[0], a.room)
	}
}
