package lockorder

import (
	"fmt"
	"slices"
	"strings"
)

// word is a flag whose value is one of a few.
type word[S ~string] struct {
	to *S
	of []S
}

func (w word[S]) String() string {
	if w.to == nil {
		return ""
	}
	return string(*w.to)
}

func (w word[S]) Set(s string) error {
	if !slices.Contains(w.of, S(s)) {
		return fmt.Errorf("want one of %v", w.of)
	}
	*w.to = S(s)
	return nil
}

// wordList is a flag that lists such words; any, if of is nil.
type wordList[S ~string] struct {
	to *[]S
	of []S
}

func (w wordList[S]) String() string {
	if w.to == nil {
		return ""
	}
	var b strings.Builder
	for i, s := range *w.to {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(string(s))
	}
	return b.String()
}

func (w wordList[S]) Set(s string) error {
	var out []S
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		if w.of != nil && !slices.Contains(w.of, S(part)) {
			return fmt.Errorf("unknown word %q; want some of %v", part, w.of)
		}
		out = append(out, S(part))
	}
	*w.to = out
	return nil
}
