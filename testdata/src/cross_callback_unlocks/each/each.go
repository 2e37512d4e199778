// Package each calls back.
package each

// Do calls f, by way of another function.
func Do(n int, f func(int)) { do(n, f) }

func do(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}
