package extract

import (
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"
)

// spoken is the last speech, which sentences without a cue may go on with.
type spoken struct {
	sent   int
	region int // the quotation that was open at the sentence's end, or -1
	who    statement.Speaker
	kept   bool
	lines  bool // a transcript's answer, which goes on to the next speaker's line
}

// noteSpeech remembers who spoke last in a sentence.
func (r *reading) noteSpeech(n int, acts []act) {
	s := r.p.sents[n]
	last := r.p.bytes(s).End - 1
	for i := len(acts) - 1; i >= 0; i-- {
		a := &acts[i]
		if a.subject == nil || a.class&(lexicon.Decline|lexicon.Doubt) != 0 || r.cast.last == nil {
			continue
		}
		if r.spoke.lines && acts[0].rule != "transcript" {
			break // within the answer of a transcript
		}
		who := *r.cast.last
		if outer, ok := r.outermost(acts[:i]); ok {
			who = outer
		}
		if acts[0].rule == "transcript" {
			who = r.line
		}
		r.spoke = spoken{sent: n, region: r.p.region(last), who: who, kept: r.keptIn(n), lines: acts[0].rule == "transcript"}
		return
	}
	if r.spoke.region >= 0 && r.p.region(last) == r.spoke.region || r.carriedOn(n) {
		r.spoke.sent = n
		r.spoke.kept = r.spoke.kept || r.keptIn(n)
	}
}

// outermost is the person whose words hold those of the others: Mao in "Mao
// pointed out that two reports had shown ...", who is the one to go on.
func (r *reading) outermost(before []act) (statement.Speaker, bool) {
	if len(before) == 0 || before[0].subject == nil || before[0].class&(lexicon.Say|lexicon.Decline|lexicon.Doubt) != lexicon.Say {
		return statement.Speaker{}, false
	}
	cast := r.cast
	who := cast.resolve(before[0].subject, before[0].cue.first)
	return who, who.Kind == statement.Person
}

// keptIn reports whether the sentence gave a statement.
func (r *reading) keptIn(n int) bool {
	start := r.p.bytes(r.p.sents[n]).Start
	for i := len(r.findings) - 1; i >= 0 && r.findings[i].Span.End > start; i-- {
		if r.findings[i].Statement != nil {
			return true
		}
	}
	return false
}

func (r *reading) carriedOn(n int) bool {
	return r.spoke.sent == n-1 && n > 0 && r.p.para[n] == r.p.para[n-1] && r.keptIn(n)
}

// carried reads a sentence without a cue of its own as the words of the speaker
// before it: inside the same quotation, or in the same paragraph where the
// speaker answers accusations and the sentence goes on charging. A sentence before
// "..., according to X" goes with that one.
func (r *reading) carried(n int, acts []act) bool {
	who, rule := r.carrier(n)
	if rule == "" {
		return false
	}
	for i := range acts {
		if acts[i].subject != nil && rule != "open-quotation" && rule != "transcript" && !r.skip(acts, i) {
			return false
		}
	}
	a := &act{sent: n, class: lexicon.Say, rule: rule, cue: span{r.p.sents[n].first, r.p.sents[n].first}}
	sc := r.p.scene(a, who, r.p.sents[n])
	v := sc.saying()
	if v.reason != Kept || len(v.accused) == 0 {
		return false
	}
	if rule == "same-paragraph" && v.stance != statement.CounterAccuse && v.stance != statement.Alternative && v.stance != statement.Deny {
		return false
	}
	return r.add(sc, v)
}

// ownRegion reports whether the sentence is a quotation without a cue, in the
// paragraph of the speech before it.
func (r *reading) ownRegion(n, q int) bool {
	p := r.p
	return n > 0 && r.spoke.who.Kind != 0 && n-r.spoke.sent <= 2 && p.para[r.spoke.sent] == p.para[n] && p.quotes[q].Inner.End >= p.bytes(p.sents[n]).End-1
}

// quotedAhead is the speaker of a quotation whose cue comes in the next sentence:
// "Russia is not involved. We state this firmly," he said.
func (r *reading) quotedAhead(n int) (statement.Speaker, bool) {
	p := r.p
	q := p.region(p.bytes(p.sents[n]).Start)
	if q < 0 || n+1 >= len(p.sents) || p.region(p.bytes(p.sents[n+1]).Start) != q {
		return statement.Speaker{}, false
	}
	for _, a := range p.acts(n + 1) {
		if a.subject != nil && p.region(int(p.items[a.cue.first].Start)) != q && a.class&(lexicon.Say|lexicon.According) != 0 {
			next := r.cast
			return next.resolve(a.subject, a.cue.first), true
		}
	}
	return statement.Speaker{}, false
}

func (r *reading) carrier(n int) (statement.Speaker, string) {
	p := r.p
	if r.spoke.lines && r.spoke.who.Kind == statement.Person {
		return r.spoke.who, "transcript"
	}
	at := p.bytes(p.sents[n]).Start
	if q := p.region(at); q >= 0 && (q == r.spoke.region || r.ownRegion(n, q)) {
		return r.spoke.who, "open-quotation"
	}
	if who, ok := r.quotedAhead(n); ok {
		return who, "open-quotation"
	}
	if n > 0 && r.spoke.sent == n-1 && p.para[n] == p.para[n-1] && r.spoke.who.Kind == statement.Person {
		return r.spoke.who, "same-paragraph"
	}
	if n+1 < len(p.sents) && p.para[n+1] == p.para[n] {
		for _, a := range p.acts(n + 1) {
			if a.class == lexicon.According && a.subject != nil && a.cue.first > p.sents[n+1].first+3 {
				next := r.cast
				return next.resolve(a.subject, a.cue.first), "before-according-to"
			}
		}
	}
	return statement.Speaker{}, ""
}
