package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// The page is built by npm from page/src and committed: see page/build.mjs, and
// make page.
var (
	//go:embed page/dist/page.html
	pageFrame string
	//go:embed page/dist/page.css
	pageStyle string
	//go:embed page/dist/page.js
	pageScript string
)

// HTML writes r as one page that a browser shows without a network: the lock
// graph, drawn, with the proof of each finding and the witnesses of each edge.
// source returns lines to quote; it may be nil, and it returns "" for what it
// cannot read. A report without a graph gives the graph of its findings. The
// error is w's.
//
// Two things keep what the analysed program says from becoming markup. It
// stands in one JSON block, in which <, > and & are written as escapes, and the
// script shows it as text nodes only. And the page's own policy lets no script
// run but this one, and nothing be fetched.
func HTML(w io.Writer, r *lockorder.Report, source func(file string, line int) string) error {
	p := newPage(r, source)
	data, err := json.Marshal(p) // escapes <, > and &
	if err != nil {
		return fmt.Errorf("encode the page's data: %w", err)
	}
	sum := sha256.Sum256([]byte(pageScript))
	policy := "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
		"script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	// One pass over the frame: what is put in is not looked at again.
	_, err = strings.NewReplacer(
		"{{policy}}", html.EscapeString(policy),
		"{{title}}", html.EscapeString(p.Title),
		"{{style}}", pageStyle,
		"{{data}}", string(data),
		"{{script}}", pageScript,
	).WriteString(w, pageFrame)
	return err
}
