package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/xeipuuv/gojsonschema"

	"github.com/lockorder/lockorder/lockorder"
)

// strict returns docs/schema.json with no room for what it does not name: what
// readers may have to live with, its writer must document.
func strict(t *testing.T) *gojsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if _, ok := v["additionalProperties"]; v["type"] == "object" && !ok {
				v["additionalProperties"] = false
			}
			for _, e := range v {
				walk(e)
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(doc)
	s, err := gojsonschema.NewSchema(gojsonschema.NewGoLoader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *gojsonschema.Schema, r *lockorder.Report) bool {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	result, err := s.Validate(gojsonschema.NewBytesLoader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range result.Errors() {
		t.Log(e)
	}
	return result.Valid()
}

// everything is a report that leaves nothing out.
func everything() *lockorder.Report {
	f := go18()
	f.Also = [][]string{{"a", "b"}}
	f.Holders = []lockorder.Pos{f.Pos}
	f.Edges[0].Others = []lockorder.Edge{f.Edges[0]}
	r := canned(f)
	r.Graph = graphOf(r)
	r.Graph.Locks[0].Sites = []lockorder.Pos{f.Pos}
	r.Scope = lockorder.Scope{Kinds: lockorder.Kinds, Confidence: lockorder.Low}
	r.Suppressed = []lockorder.Suppressed{{Finding: f, By: "comment", Reason: "r", Pos: f.Pos}}
	r.Assumptions = []lockorder.Assumption{{ID: "a", Model: "m", Reason: "r"}}
	r.Problems = []lockorder.Problem{{Pos: f.Pos, Message: "m"}}
	r.NotAnalysed = []string{"x"}
	r.Stats.Bounded = map[string]int{"paths joined": 1}
	return r
}

func TestSchema(t *testing.T) {
	s := strict(t)
	for _, r := range []*lockorder.Report{everything(), canned(), canned(lockorder.Finding{
		ID: "LO-1", Kind: lockorder.Leak, Confidence: lockorder.Low, Edges: []lockorder.Edge{{HeldMode: "lock"}},
	})} {
		if !validate(t, s, r) {
			t.Error("the report is not of the schema")
		}
	}
	bad := everything()
	bad.Findings[0].Kind = "strange"
	if validate(t, s, bad) {
		t.Error("the schema takes an unknown kind")
	}
}

func TestSchemaOfAnalysis(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses a program")
	}
	page, _ := Explain(lockorder.Cycle)
	r, _ := analysed(t, program(t, page))
	if !validate(t, strict(t), r) {
		t.Error("the report is not of the schema")
	}
}
