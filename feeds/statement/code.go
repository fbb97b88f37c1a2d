package statement

import "fmt"

// Stance says how a speaker stands to the question who is responsible.
// Zero is no stance: a reported speech that is not on cyber attribution.
type Stance uint8

// The stances. Assertions hold somebody responsible, oppositions refuse to,
// counters charge somebody else.
const (
	Attribute           Stance = iota + 1 // formal or technical assignment by a government, vendor, victim
	Accuse                                // says X did it, political or plain voice
	Report                                // publishes or cites evidence, or media citing sources
	Confirm                               // affirms an earlier attribution
	Condemn                               // condemns the act and its author
	Sanction                              // measures with legal effect
	Indict                                // criminal charges
	Call                                  // urges, demands
	Deny                                  // the accused: not us
	Rebut                                 // the accused or its side attacks the claim: groundless, smear
	Doubt                                 // declines to attribute, hedges, disputes evidence as a third party
	NoComment                             // declines to comment
	Retract                               // takes an earlier statement back
	CounterAccuse                         // the accused charges the accuser
	Alternative                           // names another culprit
	ClaimResponsibility                   // says: we did it
)

var stanceCodes = []string{"", "attribute", "accuse", "report", "confirm", "condemn", "sanction", "indict", "call",
	"deny", "rebut", "doubt", "no-comment", "retract", "counter-accuse", "alternative", "claim-responsibility"}

// Stances lists every stance in order.
func Stances() []Stance {
	all := make([]Stance, 0, len(stanceCodes)-1)
	for s := Attribute; s <= ClaimResponsibility; s++ {
		all = append(all, s)
	}
	return all
}

// String is the stance's code, "" for none.
func (s Stance) String() string { return codeOf(stanceCodes, int(s)) }

// MarshalText writes the code.
func (s Stance) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a code; "" is no stance.
func (s *Stance) UnmarshalText(b []byte) error {
	i, err := parseCode("stance", stanceCodes, string(b))
	*s = Stance(i)
	return err
}

// Polarity sorts the stances into three.
type Polarity uint8

// The polarities.
const (
	Asserts  Polarity = iota + 1 // holds the accused responsible
	Opposes                      // denies, disputes or declines it
	Counters                     // charges another
)

// Polarity is zero for no stance.
func (s Stance) Polarity() Polarity {
	switch s {
	case Attribute, Accuse, Report, Confirm, Condemn, Sanction, Indict, Call, ClaimResponsibility:
		return Asserts
	case Deny, Rebut, Doubt, NoComment, Retract:
		return Opposes
	case CounterAccuse, Alternative:
		return Counters
	}
	return 0
}

// QuoteType says how the words are reported. Zero is invalid.
type QuoteType uint8

// The quotation types.
const (
	Direct   QuoteType = iota + 1 // the speaker's own words in quotation marks
	Indirect                      // the reporter's words
	Mixed                         // the reporter's words with a part quoted
)

var quoteTypeCodes = []string{"", "direct", "indirect", "mixed"}

// String is the type's code.
func (t QuoteType) String() string { return codeOf(quoteTypeCodes, int(t)) }

// MarshalText writes the code.
func (t QuoteType) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a code.
func (t *QuoteType) UnmarshalText(b []byte) error {
	i, err := parseCode("quotation type", quoteTypeCodes, string(b))
	*t = QuoteType(i)
	return err
}

// SpeakerKind tells what sort of speaker it is. Zero is unknown.
type SpeakerKind uint8

// The kinds of speaker.
const (
	Person       SpeakerKind = iota + 1 // a named person
	Organisation                        // an agency, company, ministry
	State                               // a country, its government or capital
	Unnamed                             // "US officials", "sources"
	Outlet                              // the article's own voice
)

var speakerKindCodes = []string{"", "person", "organisation", "state", "unnamed", "outlet"}

// String is the kind's code.
func (k SpeakerKind) String() string { return codeOf(speakerKindCodes, int(k)) }

// MarshalText writes the code.
func (k SpeakerKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a code.
func (k *SpeakerKind) UnmarshalText(b []byte) error {
	i, err := parseCode("speaker kind", speakerKindCodes, string(b))
	*k = SpeakerKind(i)
	return err
}

// Technique is the form in which blame is laid or refused. Zero is unknown.
type Technique uint8

// The techniques of blame.
const (
	Remark           Technique = iota + 1 // an interview, a post, a plain remark
	PressConference                       // a briefing with questions
	Publication                           // a report, blog or paper with evidence
	Advisory                              // a technical advisory, alone or joint
	Sanctions                             // a sanctions listing
	Indictment                            // criminal charges
	WrittenStatement                      // a ministry's or company's written statement
)

var techniqueCodes = []string{"", "remark", "press-conference", "report", "advisory", "sanction", "indictment", "statement"}

// String is the technique's code.
func (t Technique) String() string { return codeOf(techniqueCodes, int(t)) }

// MarshalText writes the code.
func (t Technique) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a code.
func (t *Technique) UnmarshalText(b []byte) error {
	i, err := parseCode("technique", techniqueCodes, string(b))
	*t = Technique(i)
	return err
}

func codeOf(codes []string, i int) string {
	if i < len(codes) {
		return codes[i]
	}
	return fmt.Sprintf("code-%d", i)
}

func parseCode(what string, codes []string, code string) (int, error) {
	for i, c := range codes {
		if c == code {
			return i, nil
		}
	}
	return 0, fmt.Errorf("read %s: unknown code %q", what, code)
}
