package report

import (
	"fmt"
	"strings"

	"github.com/lockorder/lockorder/docs/kinds"
	"github.com/lockorder/lockorder/lockorder"
)

// explanations holds the text of -explain for each kind; titles its headline.
var explanations, titles = readExplanations()

func readExplanations() (texts, heads map[lockorder.Kind]string) {
	texts, heads = map[lockorder.Kind]string{}, map[lockorder.Kind]string{}
	for _, kind := range lockorder.Kinds {
		data, err := kinds.Pages.ReadFile(string(kind) + ".md")
		if err != nil {
			panic(fmt.Sprintf("a kind without an explanation: %v", err)) // a new kind needs its page
		}
		head, _, _ := strings.Cut(string(data), "\n")
		_, title, _ := strings.Cut(head, ": ")
		texts[kind], heads[kind] = string(data), title
	}
	return texts, heads
}

// Explain returns what a kind means, in Markdown: with a program that hangs,
// how its report reads, and how to mend it. It returns false for a word that is
// no kind.
func Explain(kind lockorder.Kind) (string, bool) {
	text, ok := explanations[kind]
	return text, ok
}
