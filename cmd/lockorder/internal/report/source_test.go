package report

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSourceDir(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.go")
	if err := os.WriteFile(file, []byte("package a\n\nvar x int"), 0o644); err != nil {
		t.Fatal(err)
	}
	source := SourceDir(dir)
	for _, c := range []struct {
		file string
		line int
		want string
	}{
		{"a.go", 1, "package a"}, {"a.go", 3, "var x int"}, {file, 1, "package a"},
		{"a.go", 0, ""}, {"a.go", 4, ""}, {"none.go", 1, ""}, {".", 1, ""},
	} {
		if got := source(c.file, c.line); got != c.want {
			t.Errorf("%s:%d: %q, want %q", c.file, c.line, got, c.want)
		}
	}
}
