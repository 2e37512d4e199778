// Package chan_subscribed_interface: who receives has the channel from a call of
// an interface's method, below which the lock of who sends is taken and the
// channel made, in an object within an object. Before that nobody sends.
package chan_subscribed_interface

import "sync"

// want nothing

type Event struct {
	Done   chan int
	Cancel func()
}

func newEvent(cancel func()) *Event {
	return &Event{Done: make(chan int, 1), Cancel: cancel}
}

type note struct {
	id    int
	event *Event
}

type registration struct {
	Event *Event
	hint  int
}

type Notifier interface {
	Register(id int) (*Event, error)
}

type table struct {
	mu    sync.Mutex
	notes map[int]*note
}

func (t *table) newNote(id int) (*note, error) {
	if id < 0 {
		return nil, errNegative
	}
	return &note{id: id, event: newEvent(func() { t.cancel(id) })}, nil
}

func (t *table) cancel(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.notes, id)
}

func (t *table) register(id int) (*registration, error) {
	n, err := t.newNote(id)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.notes[id] = n
	return &registration{Event: n.event, hint: 1}, nil
}

func (t *table) Tell(v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range t.notes {
		n.event.Done <- v
	}
}

type errorString string

func (e errorString) Error() string { return string(e) }

const errNegative = errorString("negative")

type daemon struct{ t *table }

func (d *daemon) Register(id int) (*Event, error) {
	r, err := d.t.register(id)
	if err != nil {
		return nil, err
	}
	return r.Event, nil
}

// idle never tells of anything: Done is nil.
type idle struct{ n int }

func (i *idle) Register(id int) (*Event, error) {
	return &Event{Cancel: func() {}}, nil
}

type follower struct{ from Notifier }

func (f *follower) Follow(quit chan bool, tell func(int)) error {
	e, err := f.from.Register(1)
	if err != nil {
		return err
	}
	for {
		select {
		case v := <-e.Done:
			tell(v)
		case <-quit:
			return nil
		}
	}
}

func Run(quit chan bool) {
	t := &table{notes: make(map[int]*note)}
	for _, f := range []*follower{{&daemon{t}}, {&idle{}}} {
		go f.Follow(quit, func(int) {})
	}
	t.Tell(1)
}
