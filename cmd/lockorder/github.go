package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/lockorder/lockorder/cmd/lockorder/internal/report"
	"github.com/lockorder/lockorder/lockorder"
)

// tellGitHub annotates the findings, with commands on stdout, and adds to the
// step's summary, if there is one.
func (h host) tellGitHub(o *options, r *lockorder.Report, out io.Writer) error {
	if err := report.Annotations(out, r, inRepository(o.config.Dir, h.getenv("GITHUB_WORKSPACE"))); err != nil {
		return err
	}
	name := h.getenv("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("write the step's summary: %w", err)
	}
	defer f.Close()
	err = buffered(f, func(w io.Writer) error { return report.StepSummary(w, r, report.SourceDir(o.config.Dir)) })
	if err != nil {
		return fmt.Errorf("write the step's summary: %w", err)
	}
	return nil
}

// inRepository turns a file name as seen from dir into one as seen from the
// checked-out repository, which is what annotations name.
func inRepository(dir, workspace string) func(string) string {
	return func(file string) string {
		path := filepath.FromSlash(file)
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		abs, err := filepath.Abs(path)
		if workspace == "" || err != nil {
			return filepath.ToSlash(path)
		}
		rel, err := filepath.Rel(workspace, abs)
		if err != nil || !filepath.IsLocal(rel) {
			return filepath.ToSlash(path)
		}
		return filepath.ToSlash(rel)
	}
}
