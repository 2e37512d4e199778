// Package locks declares two locks.
package locks

import "sync"

var A, B sync.Mutex
