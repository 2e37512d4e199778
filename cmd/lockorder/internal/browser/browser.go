// Package browser starts a headless Chromium, for the tests of the page that
// lockorder -html writes and for the pictures of it in the documentation. The
// program itself does not import it.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/chromedp/chromedp"
)

// names are the commands that a Chromium goes by, in the order in which they
// are tried.
var names = []string{"chromium", "chromium-browser", "google-chrome"}

// ErrMissing says that this machine has no Chromium.
var ErrMissing = errors.New("no chromium on this machine (Debian: apt-get install chromium)")

// New starts a browser with one tab of the given size, in CSS pixels. The
// context that it returns is for chromedp; cancel ends the browser.
func New(ctx context.Context, width, height int) (tab context.Context, cancel func(), err error) {
	path := ""
	for _, name := range names {
		if path, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if path == "" {
		return nil, nil, ErrMissing
	}
	// Chromium's sandbox does not start as root, as CI does. The page is ours,
	// and nothing may go out: no background requests.
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(width, height),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true))
	alloc, cancelAlloc := chromedp.NewExecAllocator(ctx, flags...)
	tab, cancelTab := chromedp.NewContext(alloc)
	cancel = func() { cancelTab(); cancelAlloc() }
	if err := chromedp.Do(tab, chromedp.EmulateViewport(int64(width), int64(height))); err != nil {
		cancel()
		return nil, nil, fmt.Errorf("start %s: %w", path, err)
	}
	return tab, cancel, nil
}

// Painted waits until the browser has painted what the script has done: a
// canvas is painted in the frame after the one that changed it.
var Painted = chromedp.Evaluate[chromedp.Void](
	"new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))",
	chromedp.EvalAwaitPromise)
