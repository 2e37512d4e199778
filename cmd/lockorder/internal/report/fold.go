package report

// A chain longer than foldOver steps shows foldHead steps at its start and
// foldTail at its end: who holds, and who takes, is what a proof stands on.
const (
	foldOver = 14
	foldHead = 6
	foldTail = 6
)

// A row is a step, or a fold that stands for several.
type row struct {
	step
	folded int // the number of steps that the fold stands for; 0 for a step
}

// fold leaves out the middle of a long chain, but never the cut, and never a
// single step: the fold would need its line.
func fold(list []step, verbose bool) []row {
	var rows []row
	hidden := 0
	for i, s := range list {
		far := i >= foldHead && i < len(list)-foldTail
		if !verbose && len(list) > foldOver && far && !s.cut {
			hidden++
			continue
		}
		rows = unfold(rows, list[:i], hidden)
		hidden = 0
		rows = append(rows, row{step: s})
	}
	return rows
}

// unfold ends a run of hidden steps, the last of before.
func unfold(rows []row, before []step, hidden int) []row {
	switch hidden {
	case 0:
		return rows
	case 1:
		return append(rows, row{step: before[len(before)-1]})
	}
	return append(rows, row{folded: hidden})
}
