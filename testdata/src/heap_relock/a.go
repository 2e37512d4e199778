// Package heap_relock: the Push that container/heap calls takes the lock of the
// queue that is being pushed to.
package heap_relock

import (
	"container/heap"
	"sync"
)

type Queue struct {
	mu    sync.Mutex
	items []int
}

func (q *Queue) Len() int           { return len(q.items) }
func (q *Queue) Less(i, j int) bool { return q.items[i] < q.items[j] }
func (q *Queue) Swap(i, j int)      { q.items[i], q.items[j] = q.items[j], q.items[i] }

func (q *Queue) Push(x any) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, x.(int))
}

func (q *Queue) Pop() any {
	last := q.items[len(q.items)-1]
	q.items = q.items[:len(q.items)-1]
	return last
}

func (q *Queue) Add(x int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	heap.Push(q, x) // want relock: Queue.mu
}

func (q *Queue) Take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return heap.Pop(q).(int)
}
