package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func write(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// A failure in the middle leaves the old file, and nothing beside it.
func TestWriteFileIsWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "out")
	if err := writeFile(name, write("old")); err != nil {
		t.Fatal(err)
	}
	full := errors.New("full")
	err := writeFile(name, func(w io.Writer) error {
		return errors.Join(write("half")(w), full)
	})
	if !errors.Is(err, full) {
		t.Errorf("error: %v", err)
	}
	if got, _ := os.ReadFile(name); string(got) != "old" {
		t.Errorf("the file has %q", got)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestWriteFileKeepsModeAndLink(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "out"), filepath.Join(dir, "link")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("out", link); err != nil {
		t.Skip(err)
	}
	if err := writeFile(link, write("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(name)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().IsRegular() {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if got, _ := os.ReadFile(name); string(got) != "new" {
		t.Errorf("the file has %q", got)
	}
}

func TestWriteFileToDevice(t *testing.T) {
	if err := writeFile(os.DevNull, write("x")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device is gone: %v, %v", info, err)
	}
}
