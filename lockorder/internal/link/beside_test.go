package link

import "testing"

func TestBeside(t *testing.T) {
	done := false
	beside(func() { done = true })()
	if !done {
		t.Error("the wait ended before what it waits for")
	}
	wait := beside(func() { panic("broken") })
	defer func() {
		if r := recover(); r != "broken" {
			t.Errorf("recovered %v, want the panic of what ran beside", r)
		}
	}()
	wait()
	t.Error("a panic was lost")
}
