package lexicon

// Class is a set of what a word or name can be in a sentence.
type Class uint64

// The classes of names.
const (
	State     Class = 1 << iota // a country, its government
	Demonym                     // Chinese, Russians
	Metonym                     // Beijing, the Kremlin
	Org                         // an organisation
	Person                      // a person with a post
	Actor                       // a threat actor
	Outlet                      // a medium
	Operation                   // a named operation, incident or tool
)

// The classes of words; data/terms.txt lists them under the names in classNames.
const (
	CyberOperation Class = 1 << (iota + 8) // cyberattack: an operation that is cyber by its name
	Attack                                 // attack, breach: an operation where the context is cyber
	Cyber                                  // malware, servers: makes the context cyber
	Hacker                                 // hackers, hacking group
	Group                                  // group, actor, spies
	Accusation                             // accusation, claims
	Groundless                             // baseless, smear
	NotUs                                  // nothing to do with, opposes all forms
	Counter                                // hacking empire: the accused charges back
	Link                                   // -linked, -backed, tied to
	Behind                                 // behind, responsible for, carried out by
	AttackVerb                             // target, breach
	HackVerb                               // hack
	Say
	Accuse
	Blame
	Attribute
	Deny
	Reject
	Condemn
	Sanction
	Indict
	Call
	Confirm
	Believe
	Report
	Decline    // declined to comment
	Doubt      // stopped short of, too early to say
	Negation   // not, never
	Hedge      // allegedly, likely
	Determiner // the, several
	Pronoun
	Possessive // 's
	Preposition
	That
	Conjunction
	Auxiliary
	Adverb
	Role         // spokesperson
	Body         // ministry, embassy: common nouns of organisations
	Modifier     // foreign, deputy
	Title        // Mr
	According    // according to
	Document     // statement, report, advisory
	Measure      // sanctions
	Unacceptable // unacceptable, reckless
	When         // Monday, last week
	Claim        // claimed responsibility
	Kinetic      // missile, tariffs: the charge is about something else
)

// Name is every class of names.
const Name = State | Demonym | Metonym | Org | Person | Actor | Outlet

// classNames are the sections of data/terms.txt.
var classNames = map[string]Class{
	"cyber-operation": CyberOperation, "attack": Attack, "cyber": Cyber, "hacker": Hacker, "group": Group, "accusation": Accusation, "groundless": Groundless,
	"not-us": NotUs, "counter": Counter, "link": Link, "behind": Behind, "attack verb": AttackVerb, "hack verb": HackVerb, "say verb": Say, "accuse verb": Accuse,
	"blame verb": Blame, "attribute verb": Attribute, "deny verb": Deny, "reject verb": Reject, "condemn verb": Condemn, "sanction verb": Sanction,
	"indict verb": Indict, "call verb": Call, "confirm verb": Confirm, "believe verb": Believe, "report verb": Report, "decline": Decline, "doubt": Doubt,
	"negation": Negation, "hedge": Hedge, "determiner": Determiner, "pronoun": Pronoun, "possessive": Possessive, "preposition": Preposition, "that": That,
	"conjunction": Conjunction, "auxiliary": Auxiliary, "adverb": Adverb, "role": Role, "organisation": Body, "modifier": Modifier, "title": Title,
	"according": According, "statement-noun": Document, "measure": Measure, "unacceptable": Unacceptable, "when": When, "claim": Claim, "kinetic": Kinetic,
}

// Form is how a verb is inflected; a bit set, since "hit" is several.
type Form uint8

// The forms of a verb.
const (
	Base       Form = 1 << iota // hack
	Third                       // hacks
	Past                        // hacked (also where it may be a participle)
	Participle                  // hacked, stolen
	Gerund                      // hacking
)
