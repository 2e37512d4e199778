package report

import (
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/lockorder/lockorder/lockorder"
)

// sarifLevel maps confidence to the severity that code scanning shows. GitHub
// fails a check on errors only.
var sarifLevel = map[lockorder.Confidence]string{
	lockorder.High:   sarif.LevelError,
	lockorder.Medium: sarif.LevelWarning,
	lockorder.Low:    sarif.LevelNote,
}

// sarifURI is where the tool is documented.
const sarifURI = "https://github.com/lockorder/lockorder"

// SARIF writes the findings as SARIF 2.1.0: each kind a rule, each finding a
// result, each goroutine of it a thread flow, which is what viewers show as
// paths. Relative file names are below %SRCROOT%, as GitHub wants it. Columns
// are in bytes, which is not what SARIF counts in where a line has other than
// ASCII before them. The error is w's.
func SARIF(w io.Writer, r *lockorder.Report) error {
	run := sarif.NewRunWithInformationURI(r.Tool.Name, sarifURI)
	if r.Tool.Version != "" {
		run.Tool.Driver.Version = &r.Tool.Version
	}
	for _, kind := range lockorder.Kinds {
		run.Tool.Driver.AddRule(sarifRule(kind))
	}
	for i := range r.Findings {
		run.AddResult(sarifResult(&r.Findings[i]))
	}
	for i := range r.Suppressed {
		run.AddResult(sarifSuppressed(&r.Suppressed[i]))
	}
	out := sarif.NewReport()
	out.AddRun(run)
	if err := out.PrettyWrite(w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func sarifRule(kind lockorder.Kind) *sarif.ReportingDescriptor {
	help, title := explanations[kind], titles[kind]
	rule := sarif.NewRule(string(kind))
	rule.ShortDescription = &sarif.MultiformatMessageString{Text: &title}
	rule.FullDescription = &sarif.MultiformatMessageString{Text: &title}
	page := sarifURI + "/blob/main/docs/kinds/" + string(kind) + ".md"
	rule.HelpURI = &page
	rule.Help = &sarif.MultiformatMessageString{Text: &help, Markdown: &help}
	return rule
}

func sarifResult(f *lockorder.Finding) *sarif.Result {
	n := newNames(namesOfFinding(f))
	fn := func(name string) string { return n.local(name, commonPackage(f)) }
	res := sarif.NewRuleResult(string(f.Kind))
	res.RuleIndex = slices.Index(lockorder.Kinds, f.Kind)
	res.Level = sarifLevel[f.Confidence]
	res.Message = sarif.NewTextMessage(plain(f, n, fn))
	res.AddLocation(sarifLocation(f.Pos, ""))
	// Ours is stable where GitHub's own hash of the line is not.
	res.PartialFingerprints = map[string]string{"lockorderFinding/v1": f.ID}
	if flow := sarifFlow(f, n, fn); flow != nil {
		res.CodeFlows = append(res.CodeFlows, flow)
	}
	return res
}

// sarifSuppressed is a result that somebody has accepted: code scanning shows it
// as dismissed.
func sarifSuppressed(s *lockorder.Suppressed) *sarif.Result {
	res := sarifResult(&s.Finding)
	why := sarif.NewSuppression().WithKind("external").WithJustification(s.Reason)
	if s.By == "comment" {
		why.WithKind("inSource").WithLocation(sarifLocation(s.Pos, ""))
	}
	return res.WithSuppressions([]*sarif.Suppression{why})
}

// sarifFlow tells each goroutine as a thread flow.
func sarifFlow(f *lockorder.Finding, n *names, fn shown) *sarif.CodeFlow {
	if len(f.Edges) == 0 {
		return nil
	}
	flow := sarif.NewCodeFlow()
	for i := range f.Edges {
		e := &f.Edges[i]
		id := fmt.Sprintf("goroutine %d", i+1)
		thread := sarif.NewThreadFlow()
		thread.ID = &id
		thread.Locations = append(thread.Locations, sarifStep(e.HeldAt, opening(e, n.short, fn), "essential", "acquire", "lock"))
		list := steps(f, i, n.short, fn)
		for j, s := range list {
			if j == len(list)-1 {
				thread.Locations = append(thread.Locations, sarifStep(s.pos, fn(s.fn)+" "+s.does, "essential", "acquire", "lock"))
				continue
			}
			thread.Locations = append(thread.Locations, sarifStep(s.pos, fn(s.fn)+" "+s.does, "important", "call"))
		}
		flow.ThreadFlows = append(flow.ThreadFlows, thread)
	}
	return flow
}

func sarifStep(pos lockorder.Pos, message, importance string, kinds ...string) *sarif.ThreadFlowLocation {
	l := sarif.NewThreadFlowLocation()
	l.Location = sarifLocation(pos, message)
	l.Importance = importance
	l.Kinds = kinds
	return l
}

func sarifLocation(pos lockorder.Pos, message string) *sarif.Location {
	// A schema of 1.. for both: a position that is not known is the file's start.
	line, column := max(pos.Line, 1), max(pos.Column, 1)
	region := sarif.NewRegion()
	region.StartLine, region.StartColumn = &line, &column
	physical := sarif.NewPhysicalLocation()
	physical.ArtifactLocation = sarifArtifact(pos.File)
	physical.Region = region
	l := sarif.NewLocationWithPhysicalLocation(physical)
	if message != "" {
		l.Message = sarif.NewTextMessage(message)
	}
	return l
}

func sarifArtifact(file string) *sarif.ArtifactLocation {
	slashed := filepath.ToSlash(file)
	if filepath.IsAbs(file) {
		u := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(slashed, "/")}
		return sarif.NewSimpleArtifactLocation(u.String())
	}
	root := "%SRCROOT%"
	// The ./ that url puts before a first element with a colon is right here too.
	a := sarif.NewSimpleArtifactLocation((&url.URL{Path: slashed}).String())
	a.URIBaseID = &root
	return a
}
