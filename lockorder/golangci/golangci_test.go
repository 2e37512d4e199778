package golangci

import "testing"

func TestNew(t *testing.T) {
	for _, c := range []struct {
		settings any
		ok       bool
	}{
		{nil, true},
		{map[string]any{"kinds": []string{"cycle", "relock"}, "confidence": "high", "proof": false}, true},
		{map[string]any{"kinds": []string{"cycles"}}, false},
		{map[string]any{"confidence": "highest"}, false},
		{map[string]any{"nosuch": 1}, false},
	} {
		p, err := New(c.settings)
		if (err == nil) != c.ok {
			t.Errorf("%v: error %v", c.settings, err)
			continue
		}
		if err != nil {
			continue
		}
		if as, err := p.BuildAnalyzers(); err != nil || len(as) != 1 || as[0].Name != "lockorder" {
			t.Errorf("%v: analyzers %v, error %v", c.settings, as, err)
		}
	}
}
