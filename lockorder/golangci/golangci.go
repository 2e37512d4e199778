// Package golangci makes lockorder a module plugin of golangci-lint v2.
//
// A .custom-gcl.yml names it as import github.com/lockorder/lockorder/lockorder/golangci,
// and golangci-lint custom builds a golangci-lint with it. testdata/golangci is
// a module set up so; docs/vet.md lists the settings.
package golangci

import (
	"fmt"
	"slices"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/lockorder/lockorder/lockorder"
)

func init() { register.Plugin("lockorder", New) }

// Settings are linters.settings.custom.lockorder.settings of a .golangci.yml.
type Settings struct {
	Kinds      []lockorder.Kind     `json:"kinds"`      // default: all
	Confidence lockorder.Confidence `json:"confidence"` // high, medium (default) or low
	Suspend    []string             `json:"suspend"`    // assumptions not to rely on
	// Proof puts the whole proof into the message. It is the default here,
	// since golangci-lint makes an issue of its own of each related place.
	Proof *bool `json:"proof"`
}

type plugin struct{ settings lockorder.Settings }

// New makes the plugin from its settings. It fails if they are not known.
func New(raw any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](raw)
	if err != nil {
		return nil, fmt.Errorf("lockorder: settings: %w", err)
	}
	for _, k := range s.Kinds {
		if !slices.Contains(lockorder.Kinds, k) {
			return nil, fmt.Errorf("lockorder: settings: unknown kind %q; the kinds are %v", k, lockorder.Kinds)
		}
	}
	if s.Confidence != "" && s.Confidence.Rank() < 0 {
		return nil, fmt.Errorf("lockorder: settings: unknown confidence %q; want high, medium or low", s.Confidence)
	}
	return &plugin{lockorder.Settings{
		Kinds: s.Kinds, Confidence: s.Confidence, Suspend: s.Suspend, Proof: s.Proof == nil || *s.Proof,
	}}, nil
}

// BuildAnalyzers returns the one analyzer.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{lockorder.NewAnalyzer(p.settings)}, nil
}

// GetLoadMode asks for types.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
