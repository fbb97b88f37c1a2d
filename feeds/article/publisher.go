package article

import (
	"net/url"
	"strings"

	"attribot/feeds/statement"
)

// Publisher is an outlet or agency that publishes under several names and
// addresses. Outlets of one family are one voice: what one carries and another
// repeats has one origin.
type Publisher struct {
	Family  string // the key
	Name    string
	Country statement.Country
	State   bool   // owned or directed by a state
	Agency  bool   // a news agency whose copy others carry
	Zone    string // IANA zone of its dates
	names   string // other names, parted by |
	domains string // parted by spaces
}

// publishers are the outlets that report on cyber attribution most, with the
// agencies whose copy others carry. Which are state-affiliated follows their
// own imprints.
var publishers = []Publisher{
	{"xinhua", "Xinhua", "CN", true, true, "Asia/Shanghai", "Xinhua News Agency|新华社|新华网|Xinhuanet", "xinhuanet.com news.cn xinhua.net english.news.cn"},
	{"china-daily", "China Daily", "CN", true, false, "Asia/Shanghai", "中国日报", "chinadaily.com.cn chinadailyhk.com"},
	{"peoples-daily", "People's Daily", "CN", true, false, "Asia/Shanghai", "People’s Daily|People's Daily Online|人民日报|人民网", "people.com.cn people.cn"},
	{"global-times", "Global Times", "CN", true, false, "Asia/Shanghai", "环球时报|环球网", "globaltimes.cn huanqiu.com"},
	{"cctv", "CGTN", "CN", true, false, "Asia/Shanghai", "CCTV|China Media Group|央视|央视新闻", "cgtn.com cctv.com cctv.cn"},
	{"cns", "China News Service", "CN", true, true, "Asia/Shanghai", "中新社|中新网|ECNS", "chinanews.com chinanews.com.cn ecns.cn"},
	{"cn-mfa", "Ministry of Foreign Affairs of China", "CN", true, false, "Asia/Shanghai", "外交部", "mfa.gov.cn fmprc.gov.cn"},
	{"scmp", "South China Morning Post", "HK", false, false, "Asia/Hong_Kong", "SCMP", "scmp.com"},
	{"cna-tw", "Central News Agency", "TW", true, true, "Asia/Taipei", "中央社|Focus Taiwan", "cna.com.tw focustaiwan.tw"},
	{"taipei-times", "Taipei Times", "TW", false, false, "Asia/Taipei", "", "taipeitimes.com"},
	{"cna-sg", "CNA", "SG", true, false, "Asia/Singapore", "Channel NewsAsia", "channelnewsasia.com"},
	{"straits-times", "The Straits Times", "SG", false, false, "Asia/Singapore", "Straits Times", "straitstimes.com"},
	{"tass", "TASS", "RU", true, true, "Europe/Moscow", "ТАСС|ITAR-TASS", "tass.com tass.ru"},
	{"rossiya-segodnya", "RIA Novosti", "RU", true, true, "Europe/Moscow", "РИА Новости|Sputnik|Sputnik International|RIA", "ria.ru sputniknews.com sputnikglobe.com"},
	{"rt", "RT", "RU", true, false, "Europe/Moscow", "Russia Today", "rt.com"},
	{"interfax", "Interfax", "RU", false, true, "Europe/Moscow", "Интерфакс", "interfax.com interfax.ru"},
	{"kommersant", "Kommersant", "RU", false, false, "Europe/Moscow", "Коммерсантъ", "kommersant.ru"},
	{"ru-mid", "Ministry of Foreign Affairs of Russia", "RU", true, false, "Europe/Moscow", "МИД России", "mid.ru"},
	{"ukrinform", "Ukrinform", "UA", true, true, "Europe/Kyiv", "Укрінформ", "ukrinform.net ukrinform.ua"},
	{"kyiv-independent", "The Kyiv Independent", "UA", false, false, "Europe/Kyiv", "Kyiv Independent", "kyivindependent.com"},
	{"belta", "BelTA", "BY", true, true, "Europe/Minsk", "БЕЛТА", "belta.by"},
	{"kcna", "KCNA", "KP", true, true, "Asia/Pyongyang", "Korean Central News Agency|조선중앙통신", "kcna.kp kcna.co.jp"},
	{"yonhap", "Yonhap", "KR", true, true, "Asia/Seoul", "Yonhap News Agency|연합뉴스", "yna.co.kr yonhapnews.co.kr"},
	{"kyodo", "Kyodo News", "JP", false, true, "Asia/Tokyo", "Kyodo|共同通信|共同社", "kyodonews.net kyodonews.jp"},
	{"jiji", "Jiji Press", "JP", false, true, "Asia/Tokyo", "Jiji|時事通信", "jiji.com"},
	{"nhk", "NHK", "JP", true, false, "Asia/Tokyo", "NHK World", "nhk.or.jp"},
	{"irna", "IRNA", "IR", true, true, "Asia/Tehran", "Islamic Republic News Agency", "irna.ir"},
	{"tasnim", "Tasnim", "IR", true, true, "Asia/Tehran", "Tasnim News Agency", "tasnimnews.com"},
	{"fars", "Fars", "IR", true, true, "Asia/Tehran", "Fars News Agency", "farsnews.ir"},
	{"presstv", "Press TV", "IR", true, false, "Asia/Tehran", "PressTV", "presstv.ir presstv.com"},
	{"pti", "PTI", "IN", false, true, "Asia/Kolkata", "Press Trust of India", "ptinews.com"},
	{"ani", "ANI", "IN", false, true, "Asia/Kolkata", "Asian News International", "aninews.in"},
	{"anadolu", "Anadolu", "TR", true, true, "Europe/Istanbul", "Anadolu Agency|Anadolu Ajansı", "aa.com.tr"},
	{"reuters", "Reuters", "GB", false, true, "", "Thomson Reuters|路透社|Рейтер", "reuters.com"},
	{"ap", "AP", "US", false, true, "America/New_York", "Associated Press|The Associated Press|美联社", "apnews.com ap.org"},
	{"afp", "AFP", "FR", false, true, "Europe/Paris", "Agence France-Presse|法新社", "afp.com"},
	{"upi", "UPI", "US", false, true, "America/New_York", "United Press International", "upi.com"},
	{"bloomberg", "Bloomberg", "US", false, true, "America/New_York", "Bloomberg News", "bloomberg.com"},
	{"dpa", "dpa", "DE", false, true, "Europe/Berlin", "Deutsche Presse-Agentur", "dpa.com"},
	{"efe", "EFE", "ES", true, true, "Europe/Madrid", "Agencia EFE", "efe.com"},
	{"ansa", "ANSA", "IT", false, true, "Europe/Rome", "", "ansa.it"},
	{"pap", "PAP", "PL", true, true, "Europe/Warsaw", "Polish Press Agency", "pap.pl"},
	{"ctk", "ČTK", "CZ", false, true, "Europe/Prague", "CTK", "ceskenoviny.cz"},
	{"bbc", "BBC", "GB", false, false, "Europe/London", "BBC News", "bbc.co.uk bbc.com"},
	{"guardian", "The Guardian", "GB", false, false, "Europe/London", "Guardian", "theguardian.com"},
	{"ft", "Financial Times", "GB", false, false, "Europe/London", "", "ft.com"},
	{"telegraph", "The Telegraph", "GB", false, false, "Europe/London", "", "telegraph.co.uk"},
	{"sky-news", "Sky News", "GB", false, false, "Europe/London", "", "news.sky.com"},
	{"dw", "Deutsche Welle", "DE", true, false, "Europe/Berlin", "DW", "dw.com"},
	{"spiegel", "Der Spiegel", "DE", false, false, "Europe/Berlin", "SPIEGEL|DER SPIEGEL", "spiegel.de"},
	{"tagesschau", "tagesschau", "DE", false, false, "Europe/Berlin", "ARD", "tagesschau.de"},
	{"heise", "heise online", "DE", false, false, "Europe/Berlin", "heise", "heise.de"},
	{"le-monde", "Le Monde", "FR", false, false, "Europe/Paris", "", "lemonde.fr"},
	{"france24", "France 24", "FR", true, false, "Europe/Paris", "France24", "france24.com"},
	{"nyt", "The New York Times", "US", false, false, "America/New_York", "New York Times|NYT", "nytimes.com"},
	{"wapo", "The Washington Post", "US", false, false, "America/New_York", "Washington Post", "washingtonpost.com"},
	{"wsj", "The Wall Street Journal", "US", false, false, "America/New_York", "Wall Street Journal|WSJ", "wsj.com"},
	{"cnn", "CNN", "US", false, false, "America/New_York", "", "cnn.com"},
	{"nbc", "NBC News", "US", false, false, "America/New_York", "", "nbcnews.com"},
	{"cbs", "CBS News", "US", false, false, "America/New_York", "", "cbsnews.com"},
	{"abc-us", "ABC News", "US", false, false, "America/New_York", "", "abcnews.go.com"},
	{"fox", "Fox News", "US", false, false, "America/New_York", "", "foxnews.com"},
	{"npr", "NPR", "US", false, false, "America/New_York", "", "npr.org"},
	{"politico", "Politico", "US", false, false, "America/New_York", "POLITICO", "politico.com politico.eu"},
	{"axios", "Axios", "US", false, false, "America/New_York", "", "axios.com"},
	{"voa", "Voice of America", "US", true, false, "America/New_York", "VOA|VOA News", "voanews.com"},
	{"rferl", "RFE/RL", "US", true, false, "Europe/Prague", "Radio Free Europe/Radio Liberty|Radio Svoboda", "rferl.org svoboda.org"},
	{"rfa", "Radio Free Asia", "US", true, false, "America/New_York", "RFA", "rfa.org"},
	{"the-record", "The Record", "US", false, false, "America/New_York", "Recorded Future News|The Record from Recorded Future News", "therecord.media"},
	{"bleeping-computer", "BleepingComputer", "US", false, false, "America/New_York", "Bleeping Computer", "bleepingcomputer.com"},
	{"cyberscoop", "CyberScoop", "US", false, false, "America/New_York", "", "cyberscoop.com"},
	{"the-hacker-news", "The Hacker News", "IN", false, false, "Asia/Kolkata", "", "thehackernews.com"},
	{"the-register", "The Register", "GB", false, false, "Europe/London", "", "theregister.com"},
	{"wired", "WIRED", "US", false, false, "America/New_York", "Wired", "wired.com"},
	{"ars", "Ars Technica", "US", false, false, "America/New_York", "", "arstechnica.com"},
	{"techcrunch", "TechCrunch", "US", false, false, "America/Los_Angeles", "", "techcrunch.com"},
	{"securityweek", "SecurityWeek", "US", false, false, "America/New_York", "Security Week", "securityweek.com"},
	{"dark-reading", "Dark Reading", "US", false, false, "America/New_York", "", "darkreading.com"},
	{"abc-au", "ABC", "AU", true, false, "Australia/Sydney", "ABC News (Australia)", "abc.net.au"},
	{"al-jazeera", "Al Jazeera", "QA", true, false, "Asia/Qatar", "", "aljazeera.com aljazeera.net"},
	{"times-of-israel", "The Times of Israel", "IL", false, false, "Asia/Jerusalem", "Times of Israel", "timesofisrael.com"},
	{"haaretz", "Haaretz", "IL", false, false, "Asia/Jerusalem", "", "haaretz.com"},
	{"cisa", "CISA", "US", true, false, "America/New_York", "Cybersecurity and Infrastructure Security Agency", "cisa.gov"},
	{"us-doj", "US Department of Justice", "US", true, false, "America/New_York", "DOJ", "justice.gov"},
	{"us-treasury", "US Department of the Treasury", "US", true, false, "America/New_York", "OFAC", "treasury.gov"},
	{"us-state", "US Department of State", "US", true, false, "America/New_York", "", "state.gov"},
	{"us-fbi", "FBI", "US", true, false, "America/New_York", "", "fbi.gov ic3.gov"},
	{"uk-ncsc", "NCSC", "GB", true, false, "Europe/London", "National Cyber Security Centre", "ncsc.gov.uk"},
	{"uk-gov", "GOV.UK", "GB", true, false, "Europe/London", "", "gov.uk"},
	{"nato", "NATO", "", true, false, "Europe/Brussels", "", "nato.int"},
	{"eu", "European Union", "EU", true, false, "Europe/Brussels", "", "europa.eu"},
	{"google", "Google", "US", false, false, "America/Los_Angeles", "Mandiant|Google Threat Intelligence", "blog.google mandiant.com cloud.google.com"},
	{"microsoft", "Microsoft", "US", false, false, "America/Los_Angeles", "Microsoft Security", "microsoft.com"},
}

// publisherIndex finds publishers by lower-case name and by domain.
var publisherIndex = indexPublishers()

type publisherKeys struct{ names, domains map[string]*Publisher }

func indexPublishers() publisherKeys {
	keys := publisherKeys{map[string]*Publisher{}, map[string]*Publisher{}}
	for i := range publishers {
		p := &publishers[i]
		keys.names[strings.ToLower(p.Name)] = p
		for name := range strings.SplitSeq(p.names, "|") {
			if name != "" {
				keys.names[strings.ToLower(name)] = p
			}
		}
		for domain := range strings.FieldsSeq(p.domains) {
			keys.domains[domain] = p
		}
	}
	return keys
}

// PublisherOf finds a publisher by one of its names; nil when unknown.
func PublisherOf(name string) *Publisher {
	name = strings.ToLower(strings.TrimSpace(name))
	if p := publisherIndex.names[name]; p != nil {
		return p
	}
	return publisherIndex.names[strings.TrimPrefix(name, "the ")]
}

// PublisherAt finds the publisher of an address by its host and the hosts
// above it; nil when unknown.
func PublisherAt(address string) *Publisher {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	host := strings.ToLower(u.Hostname())
	for host != "" {
		if p := publisherIndex.domains[host]; p != nil {
			return p
		}
		_, rest, ok := strings.Cut(host, ".")
		if !ok {
			return nil
		}
		host = rest
	}
	return nil
}

// ascribe gives an article what its publisher is known for, where nothing was
// configured. A family is given only by a name or an address that is known.
func (a *Article) ascribe() {
	p := PublisherOf(a.Outlet)
	if p == nil && a.Outlet == "" {
		p = PublisherAt(a.URL)
	}
	if p == nil {
		return
	}
	if a.Outlet == "" {
		a.Outlet = p.Name
	}
	if a.Country == "" {
		a.Country = p.Country
		a.State = a.State || p.State
	}
	if a.Family == "" {
		a.Family = p.Family
	}
	if a.Zone == "" {
		a.Zone = p.Zone
	}
}
