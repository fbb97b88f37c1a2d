package extract_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"attribot/feeds/article"
	"attribot/feeds/extract"
	"attribot/feeds/extract/lexicon"
	"attribot/feeds/statement"

	"github.com/google/go-cmp/cmp"
)

// said is one statement in a line: who, stance, about whom.
func said(s statement.Statement) string {
	who := s.Speaker.Name
	if who == "" {
		who = s.Speaker.Organisation
	}
	if s.Speaker.Kind == statement.Unnamed || who == "" {
		who = strings.TrimSpace(s.Speaker.Kind.String() + " " + string(s.Speaker.Country))
	}
	accused := make([]string, len(s.Accused))
	for i, p := range s.Accused {
		accused[i] = p.Name
	}
	return fmt.Sprintf("%s %s %s", who, s.Stance, strings.Join(accused, "+"))
}

func TestSituations(t *testing.T) {
	r := extract.New(lexicon.Embedded())
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"accusation", "Britain accused Russia of hacking its foreign ministry.", []string{"United Kingdom accuse Russia"}},
		{"blame by a government is an assignment", "Germany on Friday blamed Russia for a cyberattack on the Social Democrats.", []string{"Germany attribute Russia"}},
		{"the accused of a denial is the one held responsible", "Russia denied US claims that Moscow was behind the hack of the Treasury.", []string{"Russia deny Russia"}},
		{"rejection", "China rejected allegations by Washington that it hacked the telecoms firms.", []string{"China rebut China"}},
		{"nothing to do with it", "Iran has nothing to do with the cyberattack, foreign ministry spokesman Nasser Kanaani said. Albania had blamed Tehran for the hack.", []string{"Nasser Kanaani deny Iran", "Albania attribute Iran"}},
		{"counter-accusation", "China denied that it hacked the agency. The United States is the biggest hacking empire, foreign ministry spokesperson Mao Ning said.", []string{"China deny China", "Mao Ning counter-accuse United States"}},
		{"alternative culprit", "China rejected US claims on hacking. The so-called Volt Typhoon is in fact an international ransomware group, spokesperson Lin Jian of the Chinese foreign ministry said.", []string{"China rebut China", "Lin Jian alternative China"}},
		{"according to", "Hackers linked to North Korea stole the funds, according to Mandiant.", []string{"Mandiant attribute North Korea"}},
		{"medium with sources", "Chinese hackers broke into the network of the agency, the Washington Post reported on Friday, citing people familiar with the matter.", []string{"Washington Post report China"}},
		{"outlet's own voice", "China-linked hackers have breached the email system of the Belgian parliament.", []string{"outlet report China"}},
		{"passive without an agent", "The cyberattack has been attributed to APT28, a unit of Russia's GRU.", []string{"outlet report Russia"}},
		{"condemnation", "The European Union condemned the cyberattack by Russia on Viasat.", []string{"European Union condemn Russia"}},
		{"sanction", "The US Treasury sanctioned a Chinese company on Friday for its role in hacks by Flax Typhoon.", []string{"US Treasury Department sanction China"}},
		{"indictment", "The US Justice Department indicted four Russian military intelligence officers over the NotPetya cyberattack.", []string{"US Justice Department indict Russia"}},
		{"stops short", "Officials stopped short of blaming China for the cyberattack.", []string{"unnamed doubt China"}},
		{"not accused", "The White House has not accused Russia of the hack.", []string{"United States doubt Russia"}},
		{"no comment of the accused", "Britain blamed Russia for the hack. The Russian embassy in London did not respond to a request for comment.", []string{"United Kingdom attribute Russia", "Russian embassy in London no-comment Russia"}},
		{"surname later", "Foreign Secretary David Lammy said Russia hacked the agency. The hackers worked for the GRU, Lammy added.", []string{"David Lammy accuse Russia", "David Lammy accuse GRU+Russia"}},
		{"pronoun of the wrong kind", "Chinese foreign ministry spokesperson Mao Ning dismissed US accusations of hacking. He said the claims were groundless.", []string{"Mao Ning rebut China", "Mao Ning rebut China"}},
		{"claim of responsibility", "The hacking group Predatory Sparrow claimed responsibility for the cyberattack on petrol stations in Iran.", []string{"Predatory Sparrow claim-responsibility Predatory Sparrow"}},
		{"the group", "Microsoft said APT29, a Russian group, breached its email. The group also attacked embassies, Mandiant said.", []string{"Microsoft attribute Russia", "Mandiant attribute Russia"}},
		{"transcript", "Reuters: The US says China hacked its Treasury. What is your comment?\nMao Ning: These accusations of hacking are groundless. The US is the biggest source of cyberattacks.", []string{"United States attribute China", "Mao Ning rebut China", "Mao Ning counter-accuse United States"}},
		{"quotation over two sentences", "\"Russia is not involved in such hacks. We state this firmly,\" Kremlin spokesman Dmitry Peskov said. Germany had blamed Moscow for the cyberattack.", []string{"Dmitry Peskov deny Russia", "Germany attribute Russia"}},
		{"leading suspect", "China is the leading suspect in the hack of the agency, Director of National Intelligence James Clapper said.", []string{"James Clapper attribute China"}},
		{"who was responsible is a question", "The hack of the agency angered lawmakers. Mike Rogers, who heads the National Security Agency, declined to say who was responsible.", nil},
		{"name after a long role", "“Russia hacked the agency,” said Assistant Secretary for Cyber Policy Jane C. Roe.", []string{"Jane C. Roe accuse Russia"}},
		{"with others beside", "The United States, together with NATO and other allies, accused China of hacking the mail servers.", []string{"United States accuse China"}},
		{"cue in the midst", "Britain, the ministry said, was hacked by the Chinese group APT31.", []string{"ministry attribute China"}},
		{"two culprits", "The United States and Israel were behind the cyberattack, Iranian President Ebrahim Raisi said.", []string{"Ebrahim Raisi attribute United States+Israel"}},
		{"adviser of a president", "“North Korea is responsible for the cyberattack,” Tom Bossert, President Donald Trump’s homeland security adviser, wrote.", []string{"Tom Bossert attribute North Korea"}},
		{"whom a pronoun introduces", "Germany blamed Russia for the hack.\nIn Moscow, the foreign ministry's spokeswoman, Maria Zakharova, gave it short shrift. The accusations were nonsense, she told reporters.", []string{"Germany attribute Russia", "Maria Zakharova rebut Russia"}},
		{"report of the sentence before", "Experts spoke of a report published by CVERC and Mandiant. The report said the NSA hacked the university.", []string{"National Computer Virus Emergency Response Center report National Security Agency"}},
		{"weak links are a noun", "The cyberattack is ruled out. Experts pointed at the weak links with France.", nil},
		{"attack as part of an effort", "The cyberattack was part of the Kremlin's effort to destabilise Ukraine, the White House said.", []string{"United States attribute Russia"}},
		{"concluded at the end", "The hack was carried out by a group working for Vietnam's government, researchers at Amnesty International concluded.", []string{"unnamed attribute Vietnam"}},
		{"field of an office in small letters", "The minister for digital governance, Gabrielius Landsbergis, blamed Belarus for the cyberattack.", []string{"Gabrielius Landsbergis accuse Belarus"}},
		{"an attack that is a state's", "Poland's ABW said the sabotage of the news agency had been a Russian cyberattack.", []string{"ABW attribute Russia"}},
		{"a group that hacked", "The Dutch intelligence service MIVD has unmasked a previously unknown Russian group that hacked the police.", []string{"MIVD attribute Russia"}},
		{"a company's own team", "Google's threat intelligence team attributed the hack to China.", []string{"Google attribute China"}},
		{"name that is a month", "Jan Novak, head of the agency, blamed Russia for the cyberattack.", []string{"Jan Novak accuse Russia"}},
		{"suspected of", "Police said they suspect Chinese spies of the hack of parliament's emails.", []string{"Police attribute China"}},
		{"cleared by a third party", "The regulator said Chinese hackers had nothing to do with the breach of the network.", []string{"regulator doubt China"}},
		{"no evidence of involvement", "\"We have no evidence of Russian involvement in the cyberattack,\" airport spokesman Sven Larsen said.", []string{"Sven Larsen doubt Russia"}},
		{"denial before any accusation", "The Kremlin said on Tuesday it had nothing to do with the hack of the German parliament.", []string{"Russia deny Russia"}},
		{"not naming somebody else", "A hacking group tied to Iran broke into the accounts, Microsoft said, without naming the candidate.", []string{"Microsoft attribute Iran"}},
		{"whether is a question", "The hack disrupted airports. Opposition lawmakers urged the government to say whether the Kremlin was to blame for the cyberattack.", nil},
		{"what may come", "The minister said the country would train cyber reservists because Russia might attack computer networks.", nil},
		{"missiles are no cyber operation", "Ukraine accused Russia of a missile attack on Kyiv. Hackers were not involved.", nil},
		{"a gang alone", "The LockBit ransomware gang hacked the hospital, police said.", nil},
		{"a denial of a breach", "Oracle denied that its cloud was hacked. The company said no data was stolen.", nil},
		{"a product", "Microsoft said its new tool stops hackers.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range r.Read(article.Article{ID: "a", Text: c.text, Lang: "en"}) {
				got = append(got, said(s))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("statements differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDaysOfSpeech(t *testing.T) {
	r := extract.New(lexicon.Embedded())
	for _, c := range []struct {
		name, text string
		want       string
		background bool
	}{
		{"weekday", "Britain on Monday accused Russia of hacking.", "2024-10-14", false},
		{"yesterday", "Britain yesterday accused Russia of hacking.", "2024-10-14", false},
		{"no word on the day", "Britain accused Russia of hacking.", "2024-10-15", false},
		{"day without a year", "Britain accused Russia on October 11 of hacking.", "2024-10-11", false},
		{"month that lies back", "Britain in September accused Russia of hacking.", "2024-09", true},
		{"December seen from October", "Britain accused Russia on Dec. 3 of hacking.", "2023-12-03", true},
		{"last year", "Britain last year accused Russia of hacking.", "2023", true},
		{"previously", "Britain has previously accused Russia of hacking.", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := r.Read(article.Article{ID: "a", Text: c.text, Lang: "en", Published: statement.Date{Year: 2024, Month: 10, Day: 15}})
			if len(all) != 1 {
				t.Fatalf("have %d statements", len(all))
			}
			if got := all[0].Said.String(); got != c.want || all[0].Background != c.background {
				t.Errorf("said %q, background %v; want %q, %v", got, all[0].Background, c.want, c.background)
			}
		})
	}
}

func TestWhyNot(t *testing.T) {
	r := extract.New(lexicon.Embedded())
	for _, c := range []struct {
		name, text string
		want       extract.Reason
	}{
		{"about something else", "The network was hacked.\n\nUkraine said Russia fired missiles at Kyiv and killed four people.", extract.NotCyber},
		{"nobody held responsible", "The company said hackers stole its data.", extract.NoCharge},
		{"kept", "Britain accused Russia of hacking.", extract.Kept},
		{"said twice", "Britain accused Russia of hacking, accusing Moscow of cyberattacks.", extract.Repeated},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []extract.Reason
			for _, f := range r.Why(article.Article{ID: "a", Text: c.text, Lang: "en"}) {
				if f.Reason == c.want {
					return
				}
				got = append(got, f.Reason)
			}
			t.Errorf("have reasons %v, want %v among them", got, c.want)
		})
	}
	if all := r.Why(article.Article{Text: "The minister said the bridge will open in May."}); all != nil {
		t.Errorf("an article without a cyber word has candidates: %v", all)
	}
}

func TestManyReadAtOnce(t *testing.T) {
	r := extract.New(lexicon.Embedded())
	a := article.Article{ID: "a", Text: "Britain accused Russia of hacking. Moscow denied it.", Lang: "en"}
	want := r.Read(a)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if diff := cmp.Diff(want, r.Read(a)); diff != "" {
				t.Errorf("readings differ (-want +got):\n%s", diff)
			}
		})
	}
	wg.Wait()
}

func TestEverySpeechIsRead(t *testing.T) {
	r := extract.New(lexicon.Embedded())
	a := article.Article{ID: "a", Lang: "en", Text: "The mayor said the bridge would open in May. Britain accused Russia of hacking its ministry."}
	kept, all := r.Read(a), r.ReadAll(a)
	if len(kept) != 1 || len(all) < 2 {
		t.Fatalf("have %d statements and %d speeches", len(kept), len(all))
	}
	plain, on := 0, 0
	for _, s := range all {
		if s.Stance == 0 {
			plain++
		} else if s.ID == kept[0].ID {
			on++
		}
	}
	if plain == 0 || on != 1 {
		t.Errorf("have %d speeches without a stance and %d on attribution", plain, on)
	}
}
