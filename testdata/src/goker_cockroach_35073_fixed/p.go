// Package goker_cockroach_35073_fixed: an outbox that fails drains and so lets
// its producer go.
package goker_cockroach_35073_fixed

// want nothing

type Outbox struct{ rows chan int }

func (o *Outbox) start(ok bool) {
	if !ok {
		for range o.rows {
		}
		return
	}
	for r := range o.rows {
		println(r)
	}
}

func Flow(ok bool) {
	o := &Outbox{rows: make(chan int)}
	go o.start(ok)
	for i := range 8 {
		o.rows <- i
	}
	close(o.rows)
}
