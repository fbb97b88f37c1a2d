package article

import "strings"

// cityZones are the IANA zones of the cities that datelines name most.
var cityZones = indexCities(map[string]string{
	"Asia/Shanghai":                  "beijing shanghai guangzhou shenzhen hangzhou wuhan chengdu nanjing tianjin xi'an 北京 上海 广州 深圳",
	"Asia/Hong_Kong":                 "hong_kong 香港",
	"Asia/Taipei":                    "taipei 台北",
	"Asia/Tokyo":                     "tokyo osaka 東京 东京",
	"Asia/Seoul":                     "seoul 서울 首尔",
	"Asia/Pyongyang":                 "pyongyang 평양 平壤",
	"Asia/Singapore":                 "singapore",
	"Asia/Manila":                    "manila",
	"Asia/Jakarta":                   "jakarta",
	"Asia/Bangkok":                   "bangkok",
	"Asia/Ho_Chi_Minh":               "hanoi ho_chi_minh_city",
	"Asia/Kuala_Lumpur":              "kuala_lumpur",
	"Asia/Kolkata":                   "new_delhi delhi mumbai bengaluru kolkata",
	"Asia/Karachi":                   "islamabad karachi lahore",
	"Asia/Kabul":                     "kabul",
	"Asia/Tehran":                    "tehran тегеран",
	"Asia/Dubai":                     "dubai abu_dhabi",
	"Asia/Qatar":                     "doha",
	"Asia/Riyadh":                    "riyadh jeddah",
	"Asia/Baghdad":                   "baghdad",
	"Asia/Jerusalem":                 "jerusalem tel_aviv",
	"Asia/Beirut":                    "beirut",
	"Asia/Damascus":                  "damascus",
	"Asia/Tbilisi":                   "tbilisi",
	"Asia/Yerevan":                   "yerevan",
	"Asia/Baku":                      "baku",
	"Asia/Almaty":                    "astana almaty",
	"Europe/Istanbul":                "istanbul ankara",
	"Europe/Moscow":                  "moscow st._petersburg москва санкт-петербург",
	"Europe/Minsk":                   "minsk минск",
	"Europe/Kyiv":                    "kyiv kiev київ киев",
	"Europe/Berlin":                  "berlin munich frankfurt hamburg bonn karlsruhe düsseldorf cologne münchen köln",
	"Europe/Vienna":                  "vienna wien",
	"Europe/Zurich":                  "geneva zurich bern lausanne genf zürich genève",
	"Europe/Paris":                   "paris strasbourg lyon",
	"Europe/Brussels":                "brussels bruxelles brüssel",
	"Europe/Amsterdam":               "amsterdam the_hague hague rotterdam",
	"Europe/Luxembourg":              "luxembourg",
	"Europe/London":                  "london edinburgh manchester cheltenham",
	"Europe/Dublin":                  "dublin",
	"Europe/Madrid":                  "madrid barcelona",
	"Europe/Lisbon":                  "lisbon lisboa",
	"Europe/Rome":                    "rome milan roma vatican_city",
	"Europe/Athens":                  "athens",
	"Europe/Warsaw":                  "warsaw warszawa",
	"Europe/Prague":                  "prague praha",
	"Europe/Budapest":                "budapest",
	"Europe/Bucharest":               "bucharest",
	"Europe/Sofia":                   "sofia",
	"Europe/Belgrade":                "belgrade",
	"Europe/Tallinn":                 "tallinn",
	"Europe/Riga":                    "riga",
	"Europe/Vilnius":                 "vilnius",
	"Europe/Helsinki":                "helsinki",
	"Europe/Stockholm":               "stockholm",
	"Europe/Oslo":                    "oslo",
	"Europe/Copenhagen":              "copenhagen",
	"Europe/Chisinau":                "chisinau",
	"Europe/Tirane":                  "tirana",
	"Europe/Podgorica":               "podgorica",
	"Africa/Cairo":                   "cairo",
	"Africa/Nairobi":                 "nairobi",
	"Africa/Johannesburg":            "johannesburg pretoria cape_town",
	"Africa/Lagos":                   "abuja lagos",
	"Africa/Addis_Ababa":             "addis_ababa",
	"America/New_York":               "washington new_york united_nations boston atlanta miami fort_meade ottawa_on baltimore philadelphia",
	"America/Chicago":                "chicago houston dallas austin",
	"America/Denver":                 "denver",
	"America/Los_Angeles":            "san_francisco los_angeles seattle las_vegas redmond",
	"America/Toronto":                "ottawa toronto montreal",
	"America/Mexico_City":            "mexico_city",
	"America/Sao_Paulo":              "brasilia sao_paulo rio_de_janeiro",
	"America/Bogota":                 "bogota",
	"America/Caracas":                "caracas",
	"America/Havana":                 "havana",
	"America/Costa_Rica":             "san_jose",
	"America/Argentina/Buenos_Aires": "buenos_aires",
	"Australia/Sydney":               "canberra sydney melbourne",
	"Pacific/Auckland":               "wellington auckland",
	"Pacific/Guam":                   "hagatna guam",
})

func indexCities(zones map[string]string) map[string]string {
	index := make(map[string]string, 160)
	for zone, cities := range zones {
		for city := range strings.FieldsSeq(cities) {
			index[strings.ReplaceAll(city, "_", " ")] = zone
		}
	}
	return index
}

// CityZone is the IANA zone of a dateline's place, "" when unknown. What
// follows a comma ("Washington, D.C.") does not count.
func CityZone(place string) string {
	city, _, _ := strings.Cut(strings.ToLower(place), ",")
	return cityZones[strings.TrimSpace(city)]
}
