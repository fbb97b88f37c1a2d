package slack

import (
	"sync"

	"attribot/bot/chat"
)

// ledger remembers what this process has posted, so that a key handed over
// twice is posted once. What an earlier process posted only the channel tells.
type ledger struct {
	mu    sync.Mutex
	posts map[string]*posting
	order []string
}

// posting is one key's post; its lock is held while it is being sent.
type posting struct {
	sync.Mutex
	id chat.MessageID // "" until it is posted
}

// of is the posting of a key. The oldest are forgotten.
func (l *ledger) of(key string) *posting {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.posts[key]; p != nil {
		return p
	}
	if l.posts == nil {
		l.posts = map[string]*posting{}
	}
	p := &posting{}
	l.posts[key] = p
	if l.order = append(l.order, key); len(l.order) > keep {
		delete(l.posts, l.order[0])
		l.order = l.order[1:]
	}
	return p
}
