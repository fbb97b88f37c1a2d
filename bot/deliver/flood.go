package deliver

import (
	"math"
	"slices"
	"time"

	"attribot/bot/chat"
	"attribot/store"
)

// flood is the time in which alerts are counted against Options.SumUpAbove.
const flood = time.Hour

func addressOf(sub store.Subscription) chat.Address {
	return chat.Address{Network: sub.Network, Channel: sub.Channel}
}

// room is the number of alerts that a channel still takes within the hour, and
// when there is more.
func (d *Deliverer) room(r reader) (n int, more time.Time) {
	if d.o.SumUpAbove < 0 {
		return math.MaxInt, time.Time{}
	}
	to := addressOf(r.sub)
	d.alerts[to] = slices.DeleteFunc(d.alerts[to], func(at time.Time) bool { return r.now.Sub(at) >= flood })
	n = d.o.SumUpAbove - len(d.alerts[to])
	if n > 0 {
		return n, time.Time{}
	}
	return 0, d.alerts[to][0].Add(flood)
}

// spend counts the alerts among posts against the channel's room.
func (d *Deliverer) spend(r reader, posts []store.Post) {
	to := addressOf(r.sub)
	for _, p := range posts {
		if p.Kind == store.Alert {
			d.alerts[to] = append(d.alerts[to], r.now)
		}
	}
}
