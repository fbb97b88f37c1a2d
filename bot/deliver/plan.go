package deliver

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"attribot/bot/compose"
	"attribot/bot/message"
	"attribot/store"
)

// decided is an event with what becomes of it.
type decided struct {
	subject
	decision Decision
}

// plan turns the decided events of a subscription into posts: one alert a story
// and channel, what follows beneath it, and the alert brought up to date. Too
// many stories at once are summed up.
func (d *Deliverer) plan(r reader, all []decided) ([]store.Post, error) {
	var held, live []decided
	quiet := d.quietOf(r.sub)
	for _, s := range all {
		if quiet.holds(s.event.At) {
			held = append(held, s)
		} else {
			live = append(live, s)
		}
	}
	room, _ := d.room(r)
	var posts []store.Post
	for _, part := range []struct {
		all   []decided
		above int
		title string
	}{{held, 1, "Held back in quiet hours"}, {live, room, "Summed up"}} {
		ps, err := d.planPart(r, part.all, part.above, part.title)
		if err != nil {
			return nil, err
		}
		posts = append(posts, ps...)
	}
	return posts, nil
}

// planPart plans story by story. New stories above a number are summed up.
func (d *Deliverer) planPart(r reader, all []decided, above int, title string) ([]store.Post, error) {
	var posts []store.Post
	var fresh [][]decided
	for _, g := range group(all) {
		t, err := d.threadOf(r, storyKey(g[0].event))
		if err != nil {
			return nil, err
		}
		if t.root == nil {
			if alerting(g) {
				fresh = append(fresh, g)
			}
			continue
		}
		ps, err := d.planStory(r, t, g)
		if err != nil {
			return nil, err
		}
		posts = append(posts, ps...)
	}
	if len(fresh) > above {
		ps, err := d.sumUp(r, slices.Concat(fresh...), title)
		return append(posts, ps...), err
	}
	for _, g := range fresh {
		ps, err := d.planStory(r, thread{}, g)
		if err != nil {
			return nil, err
		}
		posts = append(posts, ps...)
	}
	return posts, nil
}

// alerting reports whether a story makes an alert due.
func alerting(g []decided) bool {
	return slices.ContainsFunc(g, func(s decided) bool { return s.decision == Alerts })
}

// group parts what is told at once by story, in the order in which the stories
// come up; a statement without a story is its own.
func group(all []decided) [][]decided {
	var out [][]decided
	at := map[string]int{}
	for _, s := range all {
		if s.decision != Alerts && s.decision != Threads && s.decision != Refreshes {
			continue
		}
		key := storyKey(s.event)
		if key == "" {
			continue
		}
		if _, ok := at[key]; !ok {
			at[key] = len(out)
			out = append(out, nil)
		}
		out[at[key]] = append(out[at[key]], s)
	}
	return out
}

func storyKey(e store.Event) string {
	if e.Story != "" {
		return string(e.Story)
	}
	return string(e.Statement)
}

// thread is what a channel was told of a story.
type thread struct {
	root *store.Post // the alert
	last store.Post  // the alert as it was last brought up to date
	told map[store.Seq]bool
	edit int       // revisions so far
	said time.Time // when it was last told of something
}

func (d *Deliverer) threadOf(r reader, key string) (thread, error) {
	t := thread{told: map[store.Seq]bool{}}
	posts, err := d.store.Posts(store.PostFilter{Network: r.sub.Network, Channel: r.sub.Channel, Story: store.StoryID(key)})
	if err != nil {
		return t, fmt.Errorf("posts of story %s: %w", key, err)
	}
	for _, p := range posts {
		for _, seq := range p.Events {
			t.told[seq] = true
		}
		if p.Kind != store.Update && p.Tried.After(t.said) {
			t.said = p.Tried
		}
		switch p.Kind {
		case store.Alert:
			t.root, t.last = &p, p
		case store.Update:
			t.last = p
			t.edit = max(t.edit, p.Revision)
		}
	}
	return t, nil
}

// planStory makes the posts of one story.
func (d *Deliverer) planStory(r reader, t thread, g []decided) ([]store.Post, error) {
	key := storyKey(g[0].event)
	y, err := d.story(g[0].event)
	if err != nil {
		return nil, err
	}
	g = slices.DeleteFunc(g, func(s decided) bool { return t.told[s.event.Seq] })
	if len(g) == 0 {
		return nil, nil
	}
	if t.root == nil {
		return d.planAlert(r, y, key, g)
	}
	return d.planThread(r, y, key, t, g)
}

// story loads a story, or makes one of a statement that has none.
func (d *Deliverer) story(e store.Event) (store.Story, error) {
	if e.Story == "" {
		return store.Story{Claim: e.Claim, Statements: []store.StatementID{e.Statement}}, nil
	}
	y, err := d.store.Story(e.Story)
	if err != nil {
		return y, fmt.Errorf("story %s: %w", e.Story, err)
	}
	return y, nil
}

// leading are the statements among which an alert finds its opening: those of
// whoever says most in it, so that a spokesperson's briefing is not headed by the
// report that it was about. Of several, who spoke first.
func leading(g []decided) []store.StatementID {
	said := map[string][]store.StatementID{}
	var best string
	for _, s := range g {
		who := speaking(s)
		if s.decision != Alerts || slices.Contains(said[who], s.event.Statement) {
			continue
		}
		if said[who] = append(said[who], s.event.Statement); len(said[who]) > len(said[best]) {
			best = who
		}
	}
	return said[best]
}

// speaking is the speaker's name, or the body that speaks.
func speaking(s decided) string {
	who := s.statement.Said.Speaker
	return cmp.Or(who.Name, who.Organisation, who.As)
}

// planAlert makes the alert of a story with what is not told in it beneath; no
// alert is due when all that happened belongs beneath one.
func (d *Deliverer) planAlert(r reader, y store.Story, key string, g []decided) ([]store.Post, error) {
	by := leading(g)
	if len(by) == 0 {
		return nil, nil
	}
	opening, err := d.composer.Opening(y, by)
	if err != nil {
		return nil, err
	}
	var inside, beneath []store.Event
	for _, s := range g {
		// outlets that came in the same turn are counted where the statement is told
		if slices.Contains(opening, s.event.Statement) || s.decision == Refreshes || s.event.Kind == store.NewAppearance {
			inside = append(inside, s.event)
		} else {
			beneath = append(beneath, s.event)
		}
	}
	m, err := d.composer.Update(y, by)
	if err != nil {
		return nil, err
	}
	alert := d.post(r, alertKey(r, key), store.Alert, key, inside, m)
	alert.Claim = y.Claim
	posts := []store.Post{alert}
	if len(beneath) > 0 {
		p, err := d.followUp(r, y, key, alert.Key, beneath)
		if err != nil {
			return nil, err
		}
		posts = append(posts, p...)
	}
	return posts, nil
}

// planThread tells beneath an alert that stands, and brings it up to date.
func (d *Deliverer) planThread(r reader, y store.Story, key string, t thread, g []decided) ([]store.Post, error) {
	var beneath, silent []store.Event
	for _, s := range g {
		if s.decision == Refreshes || s.event.Kind == store.Repeated && r.now.Sub(t.said) < d.o.Repeat {
			silent = append(silent, s.event)
		} else {
			beneath = append(beneath, s.event)
		}
	}
	var posts []store.Post
	var err error
	if len(beneath) > 0 {
		if posts, err = d.followUp(r, y, key, t.root.Key, beneath); err != nil {
			return nil, err
		}
	}
	by, err := d.leads(*t.root)
	if err != nil {
		return nil, err
	}
	m, err := d.composer.Update(y, by)
	if err != nil {
		return nil, err
	}
	edit := d.post(r, fmt.Sprintf("%s/edit/%d", t.root.Key, t.edit+1), store.Update, key, silent, m)
	edit.Edit, edit.Revision, edit.Claim = t.root.Key, t.edit+1, y.Claim
	if string(edit.Body) != string(t.last.Body) {
		posts = append(posts, edit)
	}
	return posts, nil
}

// leads are the statements among which an alert found its opening, as when it
// was made.
func (d *Deliverer) leads(root store.Post) ([]store.StatementID, error) {
	var g []decided
	for _, seq := range root.Events {
		es, err := d.store.Events(seq-1, 1)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", seq, err)
		}
		if len(es) == 0 || es[0].Statement == "" || !byKindAlone(es[0].Kind) {
			continue
		}
		s, err := d.subject(es[0])
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", seq, err)
		}
		g = append(g, decided{s, Alerts})
	}
	return leading(g), nil
}

// byKindAlone reports whether a kind of event can make an alert due.
func byKindAlone(k store.EventKind) bool {
	return k == store.NewClaim || k == store.NewAssertion || k == store.FirstDenial || k == store.PositionChanged
}

func (d *Deliverer) followUp(r reader, y store.Story, key, root string, events []store.Event) ([]store.Post, error) {
	m, err := d.composer.FollowUp(y, events)
	if err != nil || m.Empty() {
		return nil, err
	}
	p := d.post(r, fmt.Sprintf("%s/after/%d", root, events[0].Seq), store.FollowUp, key, events, m)
	p.Thread, p.Claim = root, y.Claim
	return []store.Post{p}, nil
}

// alertKey is the same for every subscription of a channel: a channel sees one
// alert a story.
func alertKey(r reader, story string) string {
	return r.sub.Network + ":" + r.sub.Channel + "/" + story
}

func (d *Deliverer) post(r reader, key string, kind store.PostKind, story string, events []store.Event, m message.Message) store.Post {
	p := store.Post{Key: key, Subscription: r.sub.ID, Network: r.sub.Network, Channel: r.sub.Channel, Kind: kind, Story: store.StoryID(story), State: store.Due}
	for _, e := range events {
		p.Events = append(p.Events, e.Seq)
	}
	p.Body = encode(m)
	return p
}

// encode writes a message for the ledger; a message has nothing that JSON cannot
// take.
func encode(m message.Message) []byte {
	body, err := json.Marshal(message.Clean(m))
	if err != nil {
		return nil
	}
	return body
}

func decode(p store.Post) (message.Message, error) {
	var m message.Message
	if err := json.Unmarshal(p.Body, &m); err != nil {
		return m, fmt.Errorf("read post %s: %w", p.Key, err)
	}
	return m, nil
}

// sumLimit bounds the entries of a section when much is summed up.
const sumLimit = 12

// sumUp tells of many stories in one digest.
func (d *Deliverer) sumUp(r reader, all []decided, title string) ([]store.Post, error) {
	w := compose.Window{Title: title, To: r.now.In(d.zone(r.sub)), Review: r.sub.Review, Limit: sumLimit}
	slices.SortFunc(all, func(a, b decided) int { return cmp.Compare(a.event.Seq, b.event.Seq) })
	for _, s := range all {
		if s.decision.told() {
			w.Events = append(w.Events, s.event)
		}
	}
	if len(w.Events) == 0 {
		return nil, nil
	}
	key := fmt.Sprintf("%s/sum/%d-%d", r.sub.ID, w.Events[0].Seq, w.Events[len(w.Events)-1].Seq)
	return d.digest(r, key, w)
}

// digest composes a window and parts it at what every network takes.
func (d *Deliverer) digest(r reader, key string, w compose.Window) ([]store.Post, error) {
	m, err := d.composer.Digest(w)
	if err != nil {
		return nil, err
	}
	var posts []store.Post
	for i, part := range message.Split(m, fits) {
		events := w.Events
		if i > 0 {
			events = nil
		}
		posts = append(posts, d.post(r, fmt.Sprintf("%s/%d", key, i+1), store.Digest, "", events, part))
	}
	return posts, nil
}

// The size of a post that every network takes whole, so that a part has a key
// and a state of its own.
const (
	partBytes  = 2800
	partBlocks = 40
)

func fits(m message.Message) bool {
	return len(m.Blocks) <= partBlocks && len(message.Text(m)) <= partBytes
}

func (d *Deliverer) zone(sub store.Subscription) *time.Location {
	if s, err := ParseSchedule(sub.When, sub.Zone); err == nil {
		return s.Zone
	}
	return time.UTC
}

// The bounds of notices to operators: how long the first waits for others, and
// from how many on they are told together.
const (
	noticeWait   = time.Minute
	noticesAlone = 3
)

// notices plans the words to operators about sources: one each while they are
// few, else one list.
func (d *Deliverer) notices(r reader, events []store.Event) []store.Post {
	var posts []store.Post
	if len(events) > noticesAlone {
		m := compose.Notices(events)
		for i, part := range message.Split(m, fits) {
			key := fmt.Sprintf("%s/sources/%d/%d", r.sub.ID, events[len(events)-1].Seq, i+1)
			posts = append(posts, d.post(r, key, store.Notice, "", events, part))
		}
		return posts
	}
	for _, e := range events {
		key := fmt.Sprintf("%s/source/%d", r.sub.ID, e.Seq)
		posts = append(posts, d.post(r, key, store.Notice, "", []store.Event{e}, compose.SourceNotice(e)))
	}
	return posts
}
