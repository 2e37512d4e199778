package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// A Baseline is the set of findings that are known and accepted, by ID.
type Baseline map[string]BaselineEntry

// A BaselineEntry is one line of a baseline file.
type BaselineEntry struct {
	ID         string
	Kind       lockorder.Kind
	Confidence lockorder.Confidence
	// Reason says why the finding is accepted. It is written by people; a
	// new entry says Unreviewed.
	Reason string
	// Message is the finding's, for the reader of the file.
	Message string
}

// Unreviewed is the reason of an entry for which nobody has given one.
const Unreviewed = "unreviewed"

const baselineHead = `# lockorder baseline: findings that are known, and why each is accepted.
# Tab-separated: id, kind, confidence, reason, message. Edit the reasons;
# lockorder -write-baseline keeps them.
`

// ReadBaseline reads a baseline file. A line that is not an entry is an error
// that says which: a baseline read in part would bring back what was accepted.
func ReadBaseline(r io.Reader) (Baseline, error) {
	b := Baseline{}
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimRight(s.Text(), "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		e, err := parseEntry(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if _, ok := b[e.ID]; ok {
			return nil, fmt.Errorf("line %d: %s is there twice", n, e.ID)
		}
		b[e.ID] = e
	}
	return b, s.Err()
}

func parseEntry(line string) (BaselineEntry, error) {
	fields := strings.SplitN(line, "\t", 5)
	if len(fields) < 4 {
		return BaselineEntry{}, fmt.Errorf("want tab-separated id, kind, confidence, reason and message, have %d fields", len(fields))
	}
	e := BaselineEntry{ID: fields[0], Kind: lockorder.Kind(fields[1]), Confidence: lockorder.Confidence(fields[2]), Reason: strings.TrimSpace(fields[3])}
	if len(fields) > 4 {
		e.Message = fields[4]
	}
	switch {
	case !strings.HasPrefix(e.ID, "LO-"):
		return e, fmt.Errorf("%q is no id of a finding", e.ID)
	case !slices.Contains(lockorder.Kinds, e.Kind):
		return e, fmt.Errorf("unknown kind %q", e.Kind)
	case e.Confidence.Rank() < 0:
		return e, fmt.Errorf("unknown confidence %q", e.Confidence)
	case e.Reason == "":
		return e, fmt.Errorf("%s has no reason", e.ID)
	}
	return e, nil
}

// Write writes b sorted by id. The error is w's.
func (b Baseline) Write(w io.Writer) error {
	var buf bytes.Buffer
	buf.WriteString(baselineHead)
	for _, id := range slices.Sorted(maps.Keys(b)) {
		e := b[id]
		fmt.Fprintf(&buf, "%s\t%s\t%s\t%s\t%s\n", e.ID, e.Kind, e.Confidence, clean(e.Reason), clean(e.Message))
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// Split parts findings into those that b does not know and those it accepts.
func (b Baseline) Split(findings []lockorder.Finding) (fresh []lockorder.Finding, known []lockorder.Suppressed) {
	for _, f := range findings {
		if e, ok := b[f.ID]; ok {
			known = append(known, lockorder.Suppressed{Finding: f, By: "baseline", Reason: e.Reason})
		} else {
			fresh = append(fresh, f)
		}
	}
	return fresh, known
}

// covers reports whether a run of that scope could have found e.
func covers(s lockorder.Scope, e BaselineEntry) bool {
	return slices.Contains(s.Kinds, e.Kind) && e.Confidence.Rank() <= s.Confidence.Rank()
}

// Stale lists, by id, the entries of b that the run covered and did not find.
func (b Baseline) Stale(findings []lockorder.Finding, s lockorder.Scope) []BaselineEntry {
	var stale []BaselineEntry
	for _, id := range slices.Sorted(maps.Keys(b)) {
		found := slices.ContainsFunc(findings, func(f lockorder.Finding) bool { return f.ID == id })
		if !found && covers(s, b[id]) {
			stale = append(stale, b[id])
		}
	}
	return stale
}

// Update returns the baseline that accepts findings: with the reasons of b for
// what was accepted before, without b's stale entries, and with what the run
// did not cover.
func (b Baseline) Update(findings []lockorder.Finding, s lockorder.Scope) Baseline {
	next := Baseline{}
	for id, e := range b {
		if !covers(s, e) {
			next[id] = e
		}
	}
	for _, f := range findings {
		e := BaselineEntry{ID: f.ID, Kind: f.Kind, Confidence: f.Confidence, Reason: Unreviewed, Message: f.Message}
		if old, ok := b[f.ID]; ok {
			e.Reason = old.Reason
		}
		next[f.ID] = e
	}
	return next
}
