package feeds

import (
	"slices"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
)

const (
	defaultMin    = 10 * time.Minute
	defaultMax    = 6 * time.Hour
	firstInterval = 30 * time.Minute // of a source whose habit is unknown
	backoffMax    = 24 * time.Hour
	habitItems    = 10 // the newest items by which a habit is judged
)

// habit is the usual time between items, judged by the dates of the newest; a
// feed that has been quiet for longer than its items tell is a slow one. 0
// means that too few items are dated.
func habit(times []time.Time, now time.Time) time.Duration {
	times = slices.DeleteFunc(slices.Clone(times), func(t time.Time) bool { return t.IsZero() || t.After(now) })
	if len(times) < 3 {
		return 0
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	times = times[:min(len(times), habitItems)]
	gap := times[0].Sub(times[len(times)-1]) / time.Duration(len(times)-1)
	return max(gap, now.Sub(times[0])/habitItems, time.Minute)
}

// nextInterval adapts the time between polls: half the time between items
// where the habit is known, else faster after something new and slower after
// nothing.
func nextInterval(current, gap time.Duration, fresh bool, low, high time.Duration) time.Duration {
	switch {
	case current == 0 && gap == 0:
		current = firstInterval
	case gap > 0:
		current = gap / 2
	case fresh:
		current /= 2
	default:
		current += current / 4
	}
	return min(max(current, low), high)
}

// backoff is the time to the next try after so many failures in a row.
func backoff(base time.Duration, failures uint64, high time.Duration) time.Duration {
	wait := base << min(max(failures, 1)-1, 12)
	if wait <= 0 || wait > high {
		wait = high
	}
	return wait
}

// jitter spreads an interval by a tenth up or down, the same for the same
// source at the same poll.
func jitter(interval time.Duration, seed uint64) time.Duration {
	share := int64(mix(seed^hashA, hashB)>>1) % 2001 // 0..2000
	return interval + time.Duration(int64(interval)/10000*(share-1000))
}

// floors are the intervals that the answer and the feed ask for.
func floors(answer fetch.Response, ttl time.Duration) time.Duration { return max(answer.MaxAge, ttl) }

// skipTo moves a time out of the hours and days at which the feed says that it
// never changes, by whole hours and a week at most.
func skipTo(due time.Time, hours []int, days []time.Weekday) time.Time {
	for range 7 * 24 {
		at := due.UTC()
		if !slices.Contains(hours, at.Hour()) && !slices.Contains(days, at.Weekday()) {
			return due
		}
		due = due.Truncate(time.Hour).Add(time.Hour)
	}
	return due
}

// publishedTimes are the dates of a feed's items, for its habit.
func publishedTimes(items []article.Item, most int) []time.Time {
	var times []time.Time
	for i := range items[:min(len(items), most)] {
		written := items[i].Published
		if written == "" {
			written = items[i].Updated
		}
		if s, ok := article.ParseStamp(written, nil, false); ok && !s.At.IsZero() {
			times = append(times, s.At)
		}
	}
	return times
}
