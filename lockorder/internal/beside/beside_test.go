package beside

import "testing"

func TestBegin(t *testing.T) {
	done := false
	Begin(func() { done = true })()
	if !done {
		t.Error("the wait ended before what it waits for")
	}
	wait := Begin(func() { panic("broken") })
	defer func() {
		if r := recover(); r != "broken" {
			t.Errorf("recovered %v, want the panic of what ran beside", r)
		}
	}()
	wait()
	t.Error("a panic was lost")
}
