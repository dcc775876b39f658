package command

import (
	"testing"
	"time"
)

func TestParseReadsTimes(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	tests := map[string]struct {
		now  string
		zone *time.Location
		text string
		want string // empty: refused
	}{
		"earlier today":                      {"2026-11-23T12:00:00Z", nil, "11:58", "2026-11-23T11:58:00Z"},
		"later today is yesterday":           {"2026-11-23T12:00:00Z", nil, "12:30", "2026-11-22T12:30:00Z"},
		"before midnight":                    {"2026-11-23T00:10:00Z", nil, "23:50", "2026-11-22T23:50:00Z"},
		"on new year's day":                  {"2027-01-01T00:10:00Z", nil, "23:50", "2026-12-31T23:50:00Z"},
		"this minute":                        {"2026-11-23T12:00:40Z", nil, "12:00", "2026-11-23T12:00:00Z"},
		"a clock a minute fast":              {"2026-11-23T12:00:40Z", nil, "12:01", "2026-11-23T12:00:40Z"},
		"a date and a clock a minute fast":   {"2026-11-23T12:00:40Z", nil, "2026-11-23 12:01", "2026-11-23T12:00:40Z"},
		"with seconds":                       {"2026-11-23T12:00:00Z", nil, "11:58:30", "2026-11-23T11:58:30Z"},
		"one digit":                          {"2026-11-23T12:00:00Z", nil, "9:05", "2026-11-23T09:05:00Z"},
		"in the zone":                        {"2026-11-23T12:00:00Z", berlin, "12:58", "2026-11-23T11:58:00Z"},
		"in the zone, its day being on":      {"2026-11-23T23:30:00Z", berlin, "00:15", "2026-11-23T23:15:00Z"},
		"in the zone, its day being on, eve": {"2026-11-23T23:30:00Z", berlin, "23:50", "2026-11-23T22:50:00Z"},
		"UTC in spite of the zone":           {"2026-11-23T12:00:00Z", berlin, "11:58 UTC", "2026-11-23T11:58:00Z"},
		"Z in spite of the zone":             {"2026-11-23T12:00:00Z", berlin, "11:58Z", "2026-11-23T11:58:00Z"},
		"an offset":                          {"2026-11-23T12:00:00Z", nil, "12:58 +01:00", "2026-11-23T11:58:00Z"},
		"a date":                             {"2026-11-23T12:00:00Z", nil, "2026-11-20 08:15", "2026-11-20T08:15:00Z"},
		"a date in the zone":                 {"2026-11-23T12:00:00Z", berlin, "2026-11-20 08:15", "2026-11-20T07:15:00Z"},
		"a date and UTC":                     {"2026-11-23T12:00:00Z", berlin, "2026-11-20 08:15 utc", "2026-11-20T08:15:00Z"},
		"RFC 3339":                           {"2026-11-23T12:00:00Z", berlin, "2026-11-20T08:15:00Z", "2026-11-20T08:15:00Z"},
		"RFC 3339 with an offset":            {"2026-11-23T12:00:00Z", nil, "2026-11-20T08:15:00-05:00", "2026-11-20T13:15:00Z"},
		"RFC 3339 with a fraction":           {"2026-11-23T12:00:00Z", nil, "2026-11-20T08:15:00.000Z", "2026-11-20T08:15:00Z"},
		"minutes ago":                        {"2026-11-23T12:00:00Z", nil, "20 min ago", "2026-11-23T11:40:00Z"},
		"minutes ago, glued":                 {"2026-11-23T12:00:00Z", nil, "20m ago", "2026-11-23T11:40:00Z"},
		"hours ago":                          {"2026-11-23T12:00:00Z", nil, "2 h ago", "2026-11-23T10:00:00Z"},
		"an hour ago":                        {"2026-11-23T12:00:00Z", nil, "an hour ago", "2026-11-23T11:00:00Z"},
		"1 hour ago":                         {"2026-11-23T12:00:00Z", nil, "1 Hour Ago", "2026-11-23T11:00:00Z"},
		"hours and minutes ago":              {"2026-11-23T12:00:00Z", nil, "1 h 20 min ago", "2026-11-23T10:40:00Z"},
		"days ago":                           {"2026-11-23T12:00:00Z", nil, "2 days ago", "2026-11-21T12:00:00Z"},
		"now":                                {"2026-11-23T12:00:40Z", nil, "now", "2026-11-23T12:00:40Z"},
		"spaces":                             {"2026-11-23T12:00:00Z", nil, "2026-11-20 \u00a0 08:15", "2026-11-20T08:15:00Z"},

		"the future":            {"2026-11-23T12:00:00Z", nil, "2026-11-23 13:00", ""},
		"the future by a zone":  {"2026-11-23T12:00:00Z", nil, "2026-11-23T11:30:00-02:00", ""},
		"long ago":              {"2026-11-23T12:00:00Z", nil, "1026-11-23 11:58", ""},
		"the year 1":            {"2026-11-23T12:00:00Z", nil, "0001-01-01 00:00", ""},
		"too long ago to count": {"2026-11-23T12:00:00Z", nil, "999999 weeks ago", ""},
		"so long ago that 64 bits overflow to days": {"2026-11-23T12:00:00Z", nil, "30501 weeks ago", ""},
		"twice too long":        {"2026-11-23T12:00:00Z", nil, "999999 weeks 999999 weeks ago", ""},
		"more digits than read": {"2026-11-23T12:00:00Z", nil, "99999999999999999999 min ago", ""},
		"no such hour":          {"2026-11-23T12:00:00Z", nil, "25:00", ""},
		"no such day":           {"2026-11-23T12:00:00Z", nil, "2026-02-30 11:00", ""},
		"a date alone":          {"2026-11-23T12:00:00Z", nil, "2026-11-20", ""},
		"a zone's letters":      {"2026-11-23T12:00:00Z", nil, "11:58 CET", ""},
		"half a day's clock":    {"2026-11-23T12:00:00Z", nil, "11:58 am", ""},
		"no such unit":          {"2026-11-23T12:00:00Z", nil, "2 moons ago", ""},
		"words":                 {"2026-11-23T12:00:00Z", nil, "this morning", ""},
		"an offset too far":     {"2026-11-23T12:00:00Z", nil, "11:58 +99:99", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := at(tt.now)
			o.Zone = tt.zone
			c := one(t, "/incident started "+tt.text, o)
			if refused := c.Problem != nil; refused != (tt.want == "") || !c.When.Equal(instant(tt.want)) {
				t.Errorf("%q is %v, %v; want %q", tt.text, c.When, c.Problem, tt.want)
			}
			if c.Problem == nil && c.When.Location() != time.UTC {
				t.Errorf("%q is in %v, want UTC", tt.text, c.When.Location())
			}
		})
	}
}
