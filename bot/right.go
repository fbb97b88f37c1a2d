package bot

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// Rights list who may do what, as "network:user"; "network:*" is everyone on a
// network and "*" everyone. Nil lets everyone look up and subscribe, and nobody
// curate or operate. Whoever sits at the machine, on the network "console", may
// do everything.
type Rights struct {
	LookUp, Subscribe, Curate, Operate []string
}

// right is what a command needs. Zero is invalid.
type right uint8

const (
	mayLookUp right = iota + 1
	maySubscribe
	mayCurate
	mayOperate
)

var rightWords = map[right]string{mayLookUp: "look things up", maySubscribe: "change subscriptions and mutes",
	mayCurate: "change claims", mayOperate: "operate the bot"}

// local is the network of the machine itself.
const local = "console"

func (r Rights) list(of right) []string {
	switch of {
	case mayLookUp:
		return orEveryone(r.LookUp)
	case maySubscribe:
		return orEveryone(r.Subscribe)
	case mayCurate:
		return r.Curate
	}
	return r.Operate
}

func orEveryone(list []string) []string {
	if list == nil {
		return []string{"*"}
	}
	return list
}

// may is nil where the asker has the right, else a sentence for them.
func (b *Bot) may(c call, of right) error {
	if c.Network == local || b.o.Rights.holds(c.by(), of) {
		return nil
	}
	return sorryf("You may not %s here. Ask the operators of this bot to add %s to the list of those who may.", rightWords[of], c.by())
}

func (r Rights) holds(user string, of right) bool {
	network, _, _ := strings.Cut(user, ":")
	list := r.list(of)
	return slices.Contains(list, user) || slices.Contains(list, network+":*") || slices.Contains(list, "*")
}

// rate counts the commands of each person in the running minute.
type rate struct {
	mu     sync.Mutex
	minute int64
	counts map[string]int
}

// take counts a command; false when there were too many. A negative limit does
// not bound.
func (r *rate) take(user string, at time.Time, limit int) bool {
	if limit < 0 {
		return true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if minute := at.Unix() / 60; minute != r.minute || r.counts == nil {
		r.minute, r.counts = minute, map[string]int{}
	}
	r.counts[user]++
	return r.counts[user] <= limit
}
