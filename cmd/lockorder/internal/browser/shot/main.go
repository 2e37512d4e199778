// Shot takes a picture of a page that lockorder -html wrote, for the
// documentation:
//
//	shot [-dark] [-size WxH] [-do SCRIPT] page.html picture.png
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/lockorder/lockorder/cmd/lockorder/internal/browser"
)

func main() {
	dark := flag.Bool("dark", false, "take it in the dark")
	size := flag.String("size", "1440x860", "the `WxH` of the window")
	do := flag.String("do", "", "run this `script` in the page first")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: shot [flags] page.html picture.png")
		flag.PrintDefaults()
		os.Exit(2)
	}
	if err := shoot(flag.Arg(0), flag.Arg(1), *size, *do, *dark); err != nil {
		fmt.Fprintf(os.Stderr, "shot: %v\n", err)
		os.Exit(1)
	}
}

func shoot(page, picture, size, do string, dark bool) error {
	var width, height int
	if _, err := fmt.Sscanf(size, "%dx%d", &width, &height); err != nil {
		return fmt.Errorf("-size: %w", err)
	}
	page, err := filepath.Abs(page)
	if err != nil {
		return err
	}
	ctx, cancelTime := context.WithTimeout(context.Background(), time.Minute)
	defer cancelTime()
	tab, cancel, err := browser.New(ctx, width, height)
	if err != nil {
		return err
	}
	defer cancel()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, media); err != nil {
		return err
	}
	steps := []chromedp.Action[chromedp.Void]{
		chromedp.Navigate((&url.URL{Scheme: "file", Path: page}).String()),
		chromedp.WaitReady(chromedp.CSS("html[data-ready]")),
	}
	if do != "" {
		steps = append(steps, chromedp.Evaluate[chromedp.Void](do))
	}
	if err := chromedp.Do(tab, append(steps, browser.Painted)...); err != nil {
		return err
	}
	shot, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return write(picture, shot)
}

// write writes the picture with 64 shades of each colour: that does not show,
// and the file is smaller by a third.
func write(name string, picture []byte) error {
	full, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return err
	}
	img := image.NewNRGBA(full.Bounds())
	draw.Draw(img, img.Bounds(), full, full.Bounds().Min, draw.Src)
	for i, v := range img.Pix {
		img.Pix[i] = uint8(min((int(v)+2)/4*4, 255))
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}
