package load

import (
	"fmt"
	"os"
	"path/filepath"
)

// makeShadow makes a GOROOT of today's go command around the sources of t:
// with the bare tree as GOROOT it finds no tools ("no such tool compile").
// Nothing is written into the user's tree. On error nothing is left behind.
func (t *tree) makeShadow() (err error) {
	tmp, err := os.MkdirTemp("", "lockorder-goroot-")
	if err != nil {
		return fmt.Errorf("%w; set TMPDIR to a folder that can be written", err)
	}
	defer func() {
		if err != nil {
			os.RemoveAll(tmp)
		}
	}()
	// The go command resolves links in its working directory, and file names
	// must have one spelling.
	if t.shadow, err = filepath.EvalSymlinks(tmp); err != nil {
		return err
	}
	for _, dir := range []string{"pkg", "work", "gopath"} {
		if err := os.Mkdir(filepath.Join(t.shadow, dir), 0o777); err != nil {
			return err
		}
	}
	// src must be a link to a folder, not a folder of links: patterns such as
	// std do not follow links below their root.
	if err := os.Symlink(filepath.Join(t.dir, "src"), filepath.Join(t.shadow, "src")); err != nil {
		return err
	}
	for _, name := range []string{"bin", "lib", "go.env", "VERSION", "pkg/tool", "pkg/include"} {
		real := filepath.Join(t.env.GOROOT, filepath.FromSlash(name))
		if _, err := os.Stat(real); err != nil {
			continue // distributions differ in what they ship
		}
		if err := os.Symlink(real, filepath.Join(t.shadow, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	return nil
}
