package lock

import "testing"

func TestGeneric(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"a/b.Type.mu", "a/b.Type.mu"},
		{"a/b.Type[int].mu", "a/b.Type.mu"},
		{"a/b.Type[*c.T,map[string]int].m[*].mu", "a/b.Type.m[*].mu"},
		{"a/b.shards[*].mu", "a/b.shards[*].mu"},
		{"a/b.(*Set[*a/b/c.T]).Put$1.mu", "a/b.(*Set).Put$1.mu"},
		{"a.F[[2]int].x[", "a.F.x"},
	} {
		if got := Generic(c.name); got != c.want {
			t.Errorf("Generic(%q) = %q, want %q", c.name, got, c.want)
		}
	}
}
