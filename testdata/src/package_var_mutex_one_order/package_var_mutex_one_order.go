// Package package_var_mutex_one_order: the locks are package variables, one of
// them a pointer, taken in one order.
package package_var_mutex_one_order

import "sync"

// want nothing

var (
	usersMu = new(sync.Mutex)
	users   = map[string]int{}
	quotaMu sync.RWMutex
	quota   = map[string]int{}
)

func Charge(name string, n int) {
	usersMu.Lock()
	defer usersMu.Unlock()
	quotaMu.RLock()
	defer quotaMu.RUnlock()
	users[name] = min(users[name]+n, quota[name])
}

func SetQuota(name string, n int) {
	quotaMu.Lock()
	quota[name] = n
	quotaMu.Unlock()
	usersMu.Lock()
	delete(users, name)
	usersMu.Unlock()
}

// want edge: usersMu -> quotaMu
