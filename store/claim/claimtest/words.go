package claimtest

// state is an accused state with its bodies.
type state struct {
	code, name, adjective string
	agencies              []string
}

var states = []state{
	{"CN", "China", "Chinese", []string{"Ministry of State Security", "People's Liberation Army", "Ministry of Public Security"}},
	{"RU", "Russia", "Russian", []string{"GRU", "SVR", "FSB"}},
	{"IR", "Iran", "Iranian", []string{"Revolutionary Guard", "Ministry of Intelligence"}},
	{"KP", "North Korea", "North Korean", []string{"Reconnaissance General Bureau"}},
	{"US", "United States", "American", []string{"National Security Agency", "Central Intelligence Agency"}},
	{"IL", "Israel", "Israeli", []string{"Unit 8200", "Mossad"}},
	{"IN", "India", "Indian", []string{"Research and Analysis Wing"}},
	{"PK", "Pakistan", "Pakistani", []string{"Inter-Services Intelligence"}},
	{"VN", "Vietnam", "Vietnamese", []string{"Ministry of Public Security"}},
	{"TR", "Turkey", "Turkish", []string{"National Intelligence Organization"}},
	{"GB", "United Kingdom", "British", []string{"GCHQ"}},
	{"FR", "France", "French", []string{"DGSE"}},
	{"TW", "Taiwan", "Taiwanese", []string{"ICEFCOM"}},
	{"BY", "Belarus", "Belarusian", []string{"KGB"}},
	{"AE", "United Arab Emirates", "Emirati", []string{"Signals Intelligence Agency"}},
	{"KR", "South Korea", "South Korean", []string{"National Intelligence Service"}},
	{"UA", "Ukraine", "Ukrainian", []string{"HUR"}},
	{"LB", "Lebanon", "Lebanese", []string{"General Directorate"}},
	{"KZ", "Kazakhstan", "Kazakh", []string{"National Security Committee"}},
	{"MA", "Morocco", "Moroccan", []string{"DGST"}},
}

var verbs = []string{"hacked", "broke into", "attacked", "compromised", "breached", "infiltrated", "spied on", "stole data from",
	"wiped computers of", "pre-positioned itself in", "disrupted", "exploited flaws at", "phished staff of", "intercepted messages of"}

var sectors = []string{"telecommunications", "energy grid", "water works", "parliament", "foreign ministry", "ministry of defence",
	"banks", "hospitals", "ports", "railways", "universities", "satellite operators", "aviation", "election commission", "newspapers",
	"semiconductor makers", "shipyards", "vaccine research", "police", "courts", "oil refineries", "pipelines", "cloud providers",
	"chemical plants", "mines", "steel mills", "insurance", "retail", "pension funds", "space agency", "weather service", "customs"}

var kinds = []string{"Telecom", "Energy", "Bank", "University", "Airways", "Shipping", "Ministry", "Institute", "Systems", "Networks",
	"Hospital", "Council", "Refinery", "Laboratories", "Exchange", "Railways", "Broadcasting", "Insurance", "Steel", "Waterworks"}

var details = []string{"through a flaw in edge routers", "with stolen signing keys", "by spear-phishing of diplomats", "with a wiper disguised as ransomware",
	"through a supply chain compromise", "with living-off-the-land techniques", "using a botnet of home routers", "by means of forged certificates",
	"through an unpatched mail server", "with a backdoor in an update", "by password spraying", "through a contractor's remote access",
	"with malware hidden in firmware", "by tapping undersea cables", "through fake job offers", "with help of an insider",
	"during elections", "ahead of a summit", "in the weeks before an invasion", "over at least five years", "to steal trade secrets",
	"to gather personal records", "to prepare sabotage", "to steal cryptocurrency", "to watch dissidents abroad", "to frame another country"}

var colours = []string{"Volt", "Salt", "Amber", "Crimson", "Silent", "Frozen", "Golden", "Iron", "Velvet", "Copper", "Hollow", "Rapid",
	"Gray", "Violet", "Lunar", "Static", "Bitter", "Magnet", "Granite", "Opal", "Scarlet", "Cobalt", "Misty", "Storm", "Ember"}

var beasts = []string{"Typhoon", "Bear", "Panda", "Kitten", "Chollima", "Sandstorm", "Blizzard", "Sleet", "Spider", "Tiger", "Buffalo",
	"Leopard", "Wolf", "Falcon", "Cyclone", "Tempest", "Dragon", "Jackal", "Viper", "Lynx"}

var parts = []string{"ka", "ro", "mi", "ten", "vol", "sar", "ne", "dor", "lu", "pex", "ga", "bri", "nor", "sta", "wel", "quo", "hin",
	"tal", "em", "zor", "fi", "lan", "dre", "mos", "ul", "van", "cor", "shi", "tra", "bel"}

var forms = []string{
	"$actor, a group sponsored by $state, $verb $operator and the $sector of $place $detail",
	"The $adj $agency is behind $actor, which $verb $operator in $place",
	"$adj state hackers known as $actor $verb the $sector of $place in $year $detail",
	"$state directed the $year attack on $operator $detail",
	"Hackers of the $agency ($actor) $verb $operator, a supplier of the $sector in $place",
	"$actor $verb $count systems of $operator $detail on behalf of $state",
	"$state used $actor $detail against the $sector of $place and $operator",
	"A contractor of the $adj $agency helped $actor when it $verb $operator",
	"$operator was the victim of $actor, tied to the $agency of $state, in $year",
	"$count accounts at $operator were taken by $actor, working for $state, $detail",
}

var asks = []string{
	"officials said on Monday that $state stood behind the intrusion at $operator blamed on $actor",
	"$actor hackers linked to $state got into $operator, according to people familiar with the matter",
	"The foreign ministry rejected the claim that $state had $verb $operator $detail as groundless",
	"Researchers attribute the $year campaign against the $sector of $place to $actor with high confidence",
	"\"$state is responsible for the attack on $operator\", the minister told reporters, naming $actor",
	"$operator confirms breach of $count systems by $actor",
}

// tails make a query as long as a sentence of the news.
var tails = []string{
	", adding that the $adj $agency had also watched the $sector of $place $detail",
	", and urged $state to stop attacks on critical infrastructure and spying on networks of allies",
	", according to a joint advisory of intelligence agencies that describes an espionage campaign $detail",
	" and said that investigators of several countries had found evidence of a state-sponsored group $detail",
	", a spokesperson told a daily press briefing, calling the accusation a smear without evidence",
}
