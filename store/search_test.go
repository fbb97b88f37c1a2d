package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attribot/feeds/reading"
	"attribot/feeds/statement"
	"attribot/store/kv/mem"
	"attribot/store/query"
)

func (w *world) find(q string, p Page) Result {
	w.Helper()
	parsed, err := query.Parse(q)
	w.must(err)
	res, err := w.Search(parsed, p)
	w.must(err)
	return res
}

func idsOf(sts []Statement) []StatementID {
	var ids []StatementID
	for _, st := range sts {
		ids = append(ids, st.ID)
	}
	return ids
}

// manySpeakers, manyParties and manyWords give statements that differ.
var (
	manySpeakers = []statement.Speaker{maoNing, microsoft, fbi, ukFCDO}
	manyParties  = []statement.Party{china, us, {Name: "Russia", Country: "RU"}, {Name: "Iran", Country: "IR"}}
	manyActors   = []statement.Actor{volt, {ID: "apt28", Name: "APT28"}, {ID: "sandworm", Name: "Sandworm"}}
	manyWords    = []string{"ports", "railways", "telecoms", "elections", "parliament", "satellites"}
)

// filled is a world with n random statements on different days.
func filled(t *testing.T, n int) *world {
	w := newWorld(t)
	rng := rand.New(rand.NewPCG(7, 9))
	for i := range n {
		st := said(manySpeakers[rng.IntN(4)], statement.Stances()[rng.IntN(11)], manyParties[rng.IntN(4)],
			fmt.Sprintf("number %d tells of %s and %s", i, manyWords[rng.IntN(6)], manyWords[rng.IntN(6)]))
		st = on(st, 2020+rng.IntN(5), time.Month(1+rng.IntN(12)), 1+rng.IntN(28))
		if rng.IntN(2) == 0 {
			st = about(st, manyActors[rng.IntN(3)])
		}
		switch rng.IntN(10) {
		case 0:
			st.Said.Day = 0
		case 1:
			st.Said = statement.Date{}
		}
		w.poll(read(fmt.Sprint("a", i), "Outlet "+fmt.Sprint(rng.IntN(4)), st))
	}
	return w
}

func TestSearchFindsWhatMatchFinds(t *testing.T) {
	w := filled(t, 150)
	var all []Statement
	for n := 1; ; n++ {
		st, err := w.Statement(StatementID(idOf(letterStatement, uint64(n))))
		if err != nil {
			break
		}
		all = append(all, st)
	}
	for _, text := range []string{
		``, `accused:CN`, `accused:CN,RU`, `accused:china stance:denies`, `speaker:microsoft`, `speaker:"mao ning" -telecoms`, `ports railways`, `"ports and railways"`,
		`actor:apt28`, `actor:"volt typhoon" speaker:US`, `country:IR`, `outlet:"outlet 2"`, `claim:C3`, `since:2022 until:2023-06`, `since:2024-03 accused:US`,
		`lang:en parliament`, `-accused:CN -accused:US`, `stance:asserts elections`, `nothing of that kind`, `number`,
	} {
		q, err := query.Parse(text)
		w.must(err)
		var want []StatementID
		for _, st := range all {
			if q.Match(viewOf(st)) {
				want = append(want, st.ID)
			}
		}
		var got []StatementID
		page := Page{Size: 7}
		for {
			res, err := w.Search(q, page)
			w.must(err)
			if res.Total != len(want) || res.More {
				t.Errorf("%s: total %d, more %v; want %d", text, res.Total, res.More, len(want))
			}
			got = append(got, idsOf(res.Statements)...)
			if page.After = res.Next; page.After == "" {
				break
			}
		}
		newestFirst(w, want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func newestFirst(w *world, ids []StatementID) {
	slices.SortFunc(ids, func(a, b StatementID) int {
		pa := place{dayKey(saidOn(w.statement(a))), statementNumber(a)}
		pb := place{dayKey(saidOn(w.statement(b))), statementNumber(b)}
		switch {
		case pa.before(pb):
			return -1
		case pb.before(pa):
			return 1
		}
		return 0
	})
}

func TestPageSizeIsBounded(t *testing.T) {
	w := filled(t, 30)
	if res := w.find("", Page{}); len(res.Statements) != defaultPage || res.Next == "" {
		t.Errorf("%d statements, next %q", len(res.Statements), res.Next)
	}
	if res := w.find("", Page{Size: 1 << 20}); len(res.Statements) != 30 || res.Next != "" {
		t.Errorf("%d statements, next %q", len(res.Statements), res.Next)
	}
	if _, err := w.Search(query.Query{}, Page{After: "nonsense"}); err == nil {
		t.Error("a forged place was taken")
	}
}

func TestIndexFollowsEveryChange(t *testing.T) {
	w := filled(t, 40)
	c := w.claim("a claim of people", "CN", "no such words")
	for n := 1; n <= 40; n += 3 {
		id := StatementID(idOf(letterStatement, uint64(n)))
		if _, err := w.Statement(id); err != nil {
			continue
		}
		w.must(w.Link(t.Context(), id, c.ID, 1, "ann"))
	}
	if res := w.find("claim:"+string(c.ID), Page{}); res.Total == 0 {
		t.Error("linked statements are not found by their claim")
	}
	w.sound()
}

func TestSearchThatStopsCountingGoesOnWithTheNextPage(t *testing.T) {
	s, err := Open(mem.New(), Options{Judge: blindJudge{}, Fresh: func() Judge { return blindJudge{} }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := &world{T: t, Store: s}
	var polls []reading.Poll
	for i := range maxRead/2 + 50 {
		polls = append(polls, benchPoll(i))
	}
	old := on(said(fbi, statement.Accuse, china, "an intrusion of long ago"), 2010, 5, 5)
	polls = append(polls, reading.Poll{Source: "old", Readings: []reading.Reading{read("old", "Reuters", old)}})
	_, err = w.RecordAll(t.Context(), polls)
	w.must(err)
	first := w.find("-files", Page{})
	if len(first.Statements) != 0 || !first.More || first.Next == "" {
		t.Fatalf("first: %d statements, more %v, next %q", len(first.Statements), first.More, first.Next)
	}
	second := w.find("-files", Page{After: first.Next})
	if len(second.Statements) != 1 || second.Total != 1 || second.Next != "" {
		t.Errorf("second: %d statements of %d, next %q", len(second.Statements), second.Total, second.Next)
	}
}
