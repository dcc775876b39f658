package checklist

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Tick is one tick or untick of an item of the definition. GitHub tells who did it
// once, by a delivery, and nowhere shows it to an App again.
type Tick struct {
	ID     string
	Ticked bool
	At     time.Time // to the second
	// Person and Login are the id and the name of who did it.
	Person int64
	Login  string
	Bot    bool
}

// The bounds of a ledger: the newest ticks are kept.
const (
	maxTicks  = 200
	maxLedger = 12_000
)

var (
	ledgerComment = regexp.MustCompile(`<!-- ticks v1 ([^<>]+) ([0-9a-f]{32}) -->`)
	ledgerEntry   = regexp.MustCompile(`^([a-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,40})?)([+~])(\d{1,12}),(\d{1,19}),(!?)([A-Za-z0-9_\[\]-]{1,60})$`)
)

// Ledger writes down ticks for whoever has lost the database, in their order. It
// is set into the comment with a seal, by which Firebreak tells it from what
// people wrote: see Seal. What a ledger cannot hold is left out.
func Ledger(key string, ticks []Tick) string {
	var entries []string
	room := maxLedger
	for n := len(ticks) - 1; n >= 0 && len(entries) < maxTicks; n-- {
		text := ticks[n].entry()
		if !ledgerEntry.MatchString(text) {
			continue
		}
		if room -= len(text) + 1; room < 0 {
			break
		}
		entries = append(entries, text)
	}
	if len(entries) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(key)
	for n := len(entries) - 1; n >= 0; n-- {
		b.WriteString(" " + entries[n])
	}
	return b.String()
}

func (t Tick) entry() string {
	sign, bot := "~", ""
	if t.Ticked {
		sign = "+"
	}
	if t.Bot {
		bot = "!"
	}
	return fmt.Sprintf("%s%s%d,%d,%s%s", t.ID, sign, t.At.Unix(), t.Person, bot, t.Login)
}

// Sealed returns a ledger as it stands in the comment, hidden.
func Sealed(ledger, seal string) string {
	if ledger == "" {
		return ""
	}
	return "<!-- ticks v1 " + ledger + " " + seal + " -->"
}

// ReadTicks returns the ticks of the ledger in a comment: the newest that is about
// the incident of the key and whose seal holds; none if there is none.
func ReadTicks(body, key string, holds func(ledger, seal string) bool) []Tick {
	var newest []Tick
	for _, m := range ledgerComment.FindAllStringSubmatch(body, 10) {
		entries, about := strings.CutPrefix(m[1], key+" ")
		if !about || !holds(m[1], m[2]) {
			continue
		}
		ticks := parseTicks(entries)
		if len(newest) == 0 || len(ticks) > 0 && ticks[len(ticks)-1].At.After(newest[len(newest)-1].At) {
			newest = ticks
		}
	}
	return newest
}

func parseTicks(entries string) []Tick {
	var ticks []Tick
	for _, text := range strings.Fields(entries) {
		m := ledgerEntry.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		seconds, _ := strconv.ParseInt(m[3], 10, 64)
		person, _ := strconv.ParseInt(m[4], 10, 64)
		ticks = append(ticks, Tick{
			ID: m[1], Ticked: m[2] == "+", At: time.Unix(seconds, 0).UTC(), Person: person, Bot: m[5] != "", Login: m[6],
		})
	}
	return ticks
}
