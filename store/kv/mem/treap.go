package mem

import (
	"bytes"
	"hash/maphash"
)

// node is a node of a persistent treap: changes copy the path to the root, so
// older roots stay whole. Priorities come from the key, so one set of keys has
// one shape whatever the order of changes.
type node struct {
	key, value  []byte
	priority    uint64
	left, right *node
}

var prioritySeed = maphash.MakeSeed()

func (n *node) put(key, value []byte) *node {
	if n == nil {
		return &node{key: key, value: value, priority: maphash.Bytes(prioritySeed, key)}
	}
	c := bytes.Compare(key, n.key)
	fresh := *n
	switch {
	case c == 0:
		fresh.value = value
		return &fresh
	case c < 0:
		fresh.left = n.left.put(key, value)
		if fresh.left.priority > fresh.priority {
			return fresh.rotateRight()
		}
	default:
		fresh.right = n.right.put(key, value)
		if fresh.right.priority > fresh.priority {
			return fresh.rotateLeft()
		}
	}
	return &fresh
}

// rotateRight lifts the left child, which put has just copied.
func (n *node) rotateRight() *node {
	top := n.left
	n.left, top.right = top.right, n
	return top
}

// rotateLeft lifts the right child, which put has just copied.
func (n *node) rotateLeft() *node {
	top := n.right
	n.right, top.left = top.left, n
	return top
}

func (n *node) remove(key []byte) *node {
	if n == nil {
		return nil
	}
	fresh := *n
	switch c := bytes.Compare(key, n.key); {
	case c == 0:
		return join(n.left, n.right)
	case c < 0:
		fresh.left = n.left.remove(key)
	default:
		fresh.right = n.right.remove(key)
	}
	return &fresh
}

// join makes one treap of two, all keys of a before those of b.
func join(a, b *node) *node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.priority > b.priority:
		fresh := *a
		fresh.right = join(a.right, b)
		return &fresh
	}
	fresh := *b
	fresh.left = join(a, b.left)
	return &fresh
}

// ascend reports whether the walk goes on.
func (n *node) ascend(from, to []byte, yield func([]byte, []byte) bool) bool {
	if n == nil {
		return true
	}
	reaches := bytes.Compare(n.key, from) >= 0
	ends := to != nil && bytes.Compare(n.key, to) >= 0
	if reaches && !n.left.ascend(from, to, yield) {
		return false
	}
	if reaches && !ends && !yield(n.key, n.value) {
		return false
	}
	return ends || n.right.ascend(from, to, yield)
}

// descend reports whether the walk goes on.
func (n *node) descend(from, to []byte, yield func([]byte, []byte) bool) bool {
	if n == nil {
		return true
	}
	reaches := bytes.Compare(n.key, from) >= 0
	ends := to != nil && bytes.Compare(n.key, to) >= 0
	if !ends && !n.right.descend(from, to, yield) {
		return false
	}
	if reaches && !ends && !yield(n.key, n.value) {
		return false
	}
	return !reaches || n.left.descend(from, to, yield)
}
