// Package package_var_mutex: the locks are package variables.
package package_var_mutex

import "sync"

var (
	usersMu sync.Mutex
	users   = map[string]int{}
	quotaMu sync.RWMutex
	quota   = map[string]int{}
)

func Charge(name string, n int) {
	usersMu.Lock()
	defer usersMu.Unlock()
	quotaMu.RLock() // want cycle: usersMu quotaMu
	defer quotaMu.RUnlock()
	users[name] = min(users[name]+n, quota[name])
}

func SetQuota(name string, n int) {
	quotaMu.Lock()
	defer quotaMu.Unlock()
	quota[name] = n
	usersMu.Lock()
	delete(users, name)
	usersMu.Unlock()
}
