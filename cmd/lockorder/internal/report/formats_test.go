package report

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	other "honnef.co/go/tools/sarif"

	"github.com/lockorder/lockorder/lockorder"
)

func TestJSONRoundTrip(t *testing.T) {
	want := canned(go18())
	want.Graph = graphOf(want)
	want.Assumptions = []lockorder.Assumption{{ID: "a", Model: "assume.toml:3", Reason: "r"}}
	var b bytes.Buffer
	if err := JSON(&b, want); err != nil {
		t.Fatal(err)
	}
	var got lockorder.Report
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, &got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	golden(t, "go18.json", b.String())
}

// The lists of the schema are lists, whatever the engine left them at; and
// writing them changes nothing in the report.
func TestJSONHasNoNull(t *testing.T) {
	r := canned(lockorder.Finding{Edges: []lockorder.Edge{{}}}, lockorder.Finding{})
	r.Graph = &lockorder.Graph{Locks: []lockorder.GraphLock{{}}, Edges: []lockorder.GraphEdge{{}}}
	for _, r := range []*lockorder.Report{r, canned(), {Graph: &lockorder.Graph{}}} {
		var b bytes.Buffer
		if err := JSON(&b, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "null") {
			t.Errorf("null in %s", &b)
		}
	}
	if r.Findings[0].Edges[0].Gates != nil || r.Graph.Edges[0].Witnesses != nil {
		t.Error("JSON changed the report")
	}
}

func TestSARIFShape(t *testing.T) {
	hostile := go18()
	hostile.ID, hostile.Confidence, hostile.Cut = "LO-2", lockorder.Low, nil
	hostile.Pos.File = "/abs/a b#%.go"
	hostile.Edges = nil
	var b bytes.Buffer
	if err := SARIF(&b, canned(go18(), hostile)); err != nil {
		t.Fatal(err)
	}
	doc, err := sarif.FromBytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(); err != nil {
		t.Fatal(err)
	}
	run := doc.Runs[0]
	if n := len(run.Tool.Driver.Rules); n != len(lockorder.Kinds) {
		t.Errorf("%d rules", n)
	}
	first, second := run.Results[0], run.Results[1]
	flows := first.CodeFlows[0].ThreadFlows
	if len(flows) != 2 || len(flows[0].Locations) != 3 || len(flows[1].Locations) != 14 {
		t.Errorf("want a thread flow for each goroutine, an opening and a location for each step: %d", len(flows))
	}
	got := map[string]string{
		"level": first.Level, "id": first.PartialFingerprints["lockorderFinding/v1"],
		"uri":     *first.Locations[0].PhysicalLocation.ArtifactLocation.URI,
		"base":    *first.Locations[0].PhysicalLocation.ArtifactLocation.URIBaseID,
		"level 2": second.Level, "uri 2": *second.Locations[0].PhysicalLocation.ArtifactLocation.URI,
	}
	want := map[string]string{
		"level": "error", "id": "LO-5f0c9a1be2d7", "uri": "src/runtime/proc.go", "base": "%SRCROOT%",
		"level 2": "note", "uri 2": "file:///abs/a%20b%23%25.go",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(*first.Message.Text, "134 of 135 cycles go through the call of wakep") {
		t.Errorf("no cut in %q", *first.Message.Text)
	}
}

// What was accepted stays in the log, as a suppression with its reason: the
// schema holds, and a reader that somebody else has written finds it too.
func TestSARIFSuppressions(t *testing.T) {
	r := canned(go18())
	at := lockorder.Pos{File: "lockorder.toml", Line: 3, Column: 1}
	for _, by := range []string{"comment", "config", "baseline"} {
		f := go18()
		f.ID = "LO-" + by
		r.Suppressed = append(r.Suppressed, lockorder.Suppressed{Finding: f, By: by, Reason: "for " + by, Pos: at})
	}
	var b bytes.Buffer
	if err := SARIF(&b, r); err != nil {
		t.Fatal(err)
	}
	doc, err := sarif.FromBytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(); err != nil {
		t.Fatal(err)
	}
	where := doc.Runs[0].Results[1].Suppressions[0].Location.PhysicalLocation
	if *where.ArtifactLocation.URI != at.File || *where.Region.StartLine != at.Line {
		t.Errorf("the comment stands at %s:%d", *where.ArtifactLocation.URI, *where.Region.StartLine)
	}

	var log other.Log
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, res := range log.Runs[0].Results {
		s := res.RuleID + " " + res.Level
		for _, why := range res.Suppressions {
			s += ": " + why.Kind + ", " + why.Justification
		}
		got = append(got, s)
	}
	want := []string{"cycle error", "cycle error: inSource, for comment", "cycle error: external, for config", "cycle error: external, for baseline"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, rule := range log.Runs[0].Tool.Driver.Rules {
		if rule.ShortDescription.Text == "" || !strings.Contains(rule.Help.Markdown, "## How to mend it") || !strings.HasSuffix(rule.HelpURI, "/docs/kinds/"+rule.ID+".md") {
			t.Errorf("rule %s: %q, help at %s", rule.ID, rule.ShortDescription.Text, rule.HelpURI)
		}
	}
}

func TestDOTQuotesHostileNames(t *testing.T) {
	g := &lockorder.Graph{Edges: []lockorder.GraphEdge{
		{Held: `a"b`, Acquired: `c\`, Count: 2},
		{Held: `c\`, Acquired: "d\n]; evil [", Count: 1},
		{Held: "node", Acquired: "node", Count: 1}, // a word of DOT
	}}
	var b bytes.Buffer
	if err := DOT(&b, &lockorder.Report{Graph: g}); err != nil {
		t.Fatal(err)
	}
	golden(t, "hostile.dot", b.String())
	if dot, err := exec.LookPath("dot"); err == nil {
		cmd := exec.CommandContext(t.Context(), dot, "-Tcanon")
		cmd.Stdin = &b
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("dot: %v\n%s", err, out)
		}
	}
}

func TestDOTOfGo18(t *testing.T) {
	var b bytes.Buffer
	if err := DOT(&b, canned(go18())); err != nil {
		t.Fatal(err)
	}
	golden(t, "go18.dot", b.String())
}
