package article

import (
	"strings"
	"sync"
	"time"
)

// abbreviations are offsets from UTC in minutes. Where an abbreviation has
// several meanings the outlet's own zone decides first (see offsetOf), then
// this table: RFC 822's for the American ones, else the one that news feeds use.
var abbreviations = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60,
	"cet": 60, "cest": 120, "mez": 60, "mesz": 120, "met": 60, "eet": 120, "eest": 180, "idt": 180,
	"msk": 180, "msd": 240, "trt": 180, "ast": -240, "irst": 210, "gst": 240, "pkt": 300, "ist": 330,
	"ict": 420, "wib": 420, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "awst": 480, "cst": -360, "jst": 540, "kst": 540,
	"acst": 570, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
	"est": -300, "edt": -240, "et": -300, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "pt": -480,
	"akst": -540, "akdt": -480, "hst": -600, "brt": -180, "art": -180, "北京时间": 480, "мск": 180,
}

// offsetOf is the offset in seconds that an abbreviation means to an outlet:
// "CST" is China's for an outlet in Shanghai and America's for one in Chicago.
func offsetOf(abbreviation string, zone *time.Location, at time.Time) (seconds int, known bool) {
	abbreviation = strings.ToLower(abbreviation)
	if zone != nil {
		if name, offset, own := ownAbbreviation(zone, at, abbreviation); own && name != "" {
			return offset, true
		}
	}
	minutes, known := abbreviations[abbreviation]
	return minutes * 60, known
}

// ownAbbreviation looks for the abbreviation in the zone itself, in winter and
// in summer.
func ownAbbreviation(zone *time.Location, at time.Time, abbreviation string) (string, int, bool) {
	for _, t := range []time.Time{at, at.AddDate(0, 6, 0)} {
		name, offset := t.In(zone).Zone()
		if strings.EqualFold(name, abbreviation) {
			return name, offset, true
		}
	}
	return "", 0, false
}

// zones is a table of the zones that were asked for: each costs a file to read.
var zones sync.Map

// location loads a zone; nil when the name is empty or unknown.
func location(zone string) *time.Location {
	if zone == "" {
		return nil
	}
	if loc, ok := zones.Load(zone); ok {
		return loc.(*time.Location)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return nil
	}
	zones.Store(zone, loc)
	return loc
}

// Location is the zone of that name, nil when the name is empty or unknown.
func Location(zone string) *time.Location { return location(zone) }
