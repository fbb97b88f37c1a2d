package identity

import "strings"

// The classes of words that are no evidence of one content by themselves.
const (
	stopWord  = iota + 1 // says nothing
	fieldWord            // nearly every text of the field has it
)

// stopWords are English function words and the verbs of reporting; other
// languages are few enough in the field to do without.
const stopWords = `a an the this that these those it its he she they we you i his her their our your my him them us me
and or but nor so yet if then than as at by for from in into of off on onto out over to up with without about against
between through during before after above below again further once here there when where why how all any both each few
more most other some such no not only own same too very can will just should now is am are was were be been being have
has had having do does did doing would could may might must shall also however while which who whom whose what
say says said saying tell told add added note noted according stated state-run remark point pointed stress stressed
use uses used using exploit exploiting utilize utilized utilizing utilise utilised conduct conducts conducting launch launches
launched launching carry carried carrying out moreover so-called called
spokesperson spokesman spokeswoman ministry press conference briefing monday tuesday wednesday thursday friday saturday
sunday mr ms mrs dr`

// fieldWords are said in nearly every statement on attribution.
const fieldWords = `china chinese us u s united states american america russia russian north korea korean iran iranian
government state cyber cyberattack attack hack hacker hackers security cybersecurity group country nation network
intelligence agency party side accuse accusation allegation claim report evidence`

// synonymSets bring words of the field together; the first is the main form.
const synonymSets = `submarine undersea subsea
pre-position prepositions pre-positions preposition implant embed pre
attribut attribution origin tracing trace traceability
ally allies allied
wiretap wiretapping wiretaps eavesdrop eavesdropping
surveil surveillance spying espionage spy monitoring
accomplice accomplices complicit complicity
frame framing framed falsely fabricated fabricating fabrication forge forged fake hoax concocted
technology technologies technical techniques
smear smearing malign maligning slander defame vilify vilifying denigrate
groundless unfounded baseless unwarranted
disinformation misinformation false
contract contracts budget budgets funding fund funds
ransomware extortion
company firm companies firms corporation
backdoor backdoors
initiator hub origin-of source
optical fiber fibre cable cables
urge urges urged call calls demand
condemn condemns condemned denounce denounced denounces
oppose opposes opposed firmly
sponsor sponsored sponsoring backed backing supported linked
threat threats menace
halt stop cease stopping immediately
massive extensive large-scale widespread
globally worldwide
telecom telecoms telecommunication telecommunications carrier carriers
breach breached intrusion compromise compromised infiltrate infiltrated penetrated`

// tokenClass gives the class of each such word in the form that fold gives it.
var tokenClass = classes()

// synonyms gives the main form of a word of the field.
var synonyms = mainForms()

func classes() map[string]int {
	m := map[string]int{}
	for _, w := range strings.Fields(fieldWords) {
		m[fold(w)] = fieldWord
	}
	for _, w := range strings.Fields(stopWords) {
		m[w], m[fold(w)] = stopWord, stopWord
	}
	return m
}

func mainForms() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(synonymSets) {
		words := strings.Fields(line)
		for _, w := range words {
			m[w], m[stem(w)] = words[0], words[0]
		}
	}
	return m
}
