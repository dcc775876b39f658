package redact

import (
	"regexp"
	"slices"
	"strings"
)

// phoneRule finds telephone numbers: international ones, national ones in the
// form that a country writes them in, others behind a word that announces them.
func phoneRule() rule { return rule{kind: "phone", find: phones} }

const phoneRest = `[0-9 ().\-/]{5,24}[0-9]`

var (
	international = regexp.MustCompile(`\+\(?[1-9]` + phoneRest + `|\(\+[1-9][0-9]{0,2}\)[ ]?` + phoneRest)
	abroad        = regexp.MustCompile(`00[ ]?[1-9]` + phoneRest)
	// nationals are forms that nothing else is written in.
	nationals = regexp.MustCompile(`(?:1[-. ])?(?:\([2-9][0-9]{2}\)[-. ]?|[2-9][0-9]{2}[-.])[2-9][0-9]{2}[-. ][0-9]{4}` + // North America
		`|0[1-9](?:[ .-][0-9]{2}){4}` + // France
		`|0(?:7[0-9]{3}[ -][0-9]{3}[ -]?[0-9]{3}|20[ -][0-9]{4}[ -][0-9]{4}|1[0-9]{3}[ -][0-9]{6}|1[0-9]{2}[ -][0-9]{3}[ -][0-9]{4}|800[ -][0-9]{3}[ -]?[0-9]{3,4})` + // Britain
		`|0[1-9][0-9]{1,4}(?:[ ]?[/-][ ]?|[ ])[0-9]{3,5}(?:[ -]?[0-9]{2,5}){1,2}` +
		`|\(0[0-9]{1,5}\)[ ]?[0-9]{3,8}(?:[ -]?[0-9]{2,4}){0,2}` +
		`|0[2-9][0-9]{1,4}[/][ ]?[0-9]{4,8}|01[567][0-9]{1,2}[ /-][ ]?[0-9]{3,4}[ ]?[0-9]{4,5}` + // Germany
		`|\([1-9][0-9]\)[ ]?9?[0-9]{4}-[0-9]{4}` + // Brazil
		`|0[0-9]{1,3}-[0-9]{2,4}-[0-9]{4}` + // Japan, Korea
		`|04[0-9]{2}[ ][0-9]{3}[ ][0-9]{3}` + // Australia
		`|06[- ][0-9]{8}|0[0-9]{2}-[0-9]{7}` + // the Netherlands
		`|0[1-9][0-9][ ][0-9]{3}[ ][0-9]{2}[ ][0-9]{2}`) // Switzerland
	// announced has the number as its group.
	announced = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:(?:tele)?phones?|tele?fon(?:o|e)?|tel\b\.?|mobiles?|mobil|mobilnummer|cell(?:phone)?|fax|handy|whatsapp|sms|pager|landline|hotline|` +
		`call(?:ed|ing|s)?|call(?:-| )?back|dial(?:l?ed|ing)?|text(?:ed|ing)?|ring|rang|rufnummer|rückruf|telefonnummer|téléphone|móvil|celular|movil|reach(?:able|ed)?|contact(?:ed)?|ph\b\.?|mob\b\.?|msisdn|wa\.me/)` +
		`(?:["'*_` + "`" + `]{0,3}[ \t]*(?:[:=#]|->|\bnumber\b|\bno\b\.?|\bnr\b\.?|\bis\b|\bwas\b|\bat\b|\bon\b|\bunder\b|\bme\b|\bus\b|\bhim\b|\bher\b|\bthem\b|\bto\b|\bfrom\b|\bthe\b|\ba\b|\bcustomer\b|\buser\b|\breporter\b|\bcaller\b|\bunter\b|\bau\b|\bback\b|\(|["'*_` + "`" + `])){0,6}` +
		`[ \t]*(\(?0?[0-9]` + phoneRest + `)`)
)

func phones(text string) []place {
	var places []place
	for _, z := range zones(text) {
		places = append(places, phonesIn(text, z)...)
	}
	return places
}

// phonesIn looks at one stretch of the text, and before it for what announces a
// number.
func phonesIn(text string, z place) []place {
	var places []place
	try := func(re *regexp.Regexp, from int, accept func(string) bool) {
		for at := from; at < z.end; {
			p, ok := firstMatch(re, text[:z.end], at)
			if !ok {
				return
			}
			at = max(p.start+1, at+1)
			if p = phoneEnd(text, p); p.end > p.start && phoneAlone(text, p) && accept(text[p.start:p.end]) {
				places, at = append(places, p), p.end
			}
		}
	}
	const ahead = 60
	try(international, z.start, isInternational)
	try(abroad, z.start, func(s string) bool {
		return (strings.ContainsAny(s[2:], " -/(") || len(s) >= 13) && isInternational(s[2:])
	})
	try(nationals, z.start, isNational)
	try(announced, max(0, z.start-ahead), isAnnounced)
	return places
}

// phoneEnd takes off what is open at the end, and a date or a time that follows.
func phoneEnd(text string, p place) place {
	found := text[p.start:p.end]
	if m := timeBehind.FindStringIndex(found); m != nil {
		found = found[:m[0]]
	}
	p.end = p.start + len(strings.TrimRight(found, " ().-/"))
	return p
}

var timeBehind = regexp.MustCompile(`[ ](?:[0-9]{4}-[0-9]{2}|[0-9]{1,2}[/.][0-9]{1,2}[/.]|- [0-9])|\. | \((?:[^0-9]|$)`)

// groupBefore is a group of digits that the found ones go on.
var groupBefore = regexp.MustCompile(`(?:^|[^0-9:.,])[0-9]{3,5} $`)

func phoneAlone(text string, p place) bool {
	if p.start > 0 && (isWord(text[p.start-1]) || strings.IndexByte("-.+/#:=&?", text[p.start-1]) >= 0) {
		ahead := text[max(0, p.start-6):p.start]
		if strings.IndexByte(":=/", text[p.start-1]) < 0 || p.start > 1 && isDigit(text[p.start-2]) || strings.HasSuffix(ahead, "/") && !strings.HasSuffix(ahead, "wa.me/") {
			return false
		}
	}
	if groupBefore.MatchString(text[max(0, p.start-8):p.start]) {
		return false
	}
	rest := text[p.end:]
	return rest == "" || !isWord(rest[0]) && !(len(rest) > 1 && strings.IndexByte("-.:/", rest[0]) >= 0 && isWord(rest[1]))
}

// isInternational checks the country's code and how many digits there are (E.164).
func isInternational(s string) bool {
	digits := onlyDigits(s)
	switch digits[0] {
	case '1', '7':
		return len(digits) == 11
	}
	return len(digits) >= 9 && len(digits) <= 15 &&
		(slices.Contains(countries, digits[:2]) || slices.ContainsFunc(regions, func(r string) bool { return strings.HasPrefix(digits, r) }))
}

var (
	countries = strings.Fields("20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98")
	regions   = strings.Fields("21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99") // of three digits
)

// isNational checks how many digits there are: with fewer it is a code of some kind,
// with more too.
func isNational(s string) bool {
	n := len(onlyDigits(s))
	return n >= 9 && n <= 12 && !dateLike.MatchString(s) && !threes.MatchString(s)
}

// isAnnounced judges a number behind a word: not a time in seconds, a date or a
// count.
func isAnnounced(s string) bool {
	digits := onlyDigits(s)
	if len(digits) < 7 || len(digits) > 15 || dateLike.MatchString(s) {
		return false
	}
	if len(digits) == len(s) {
		return !epoch.MatchString(s) && !strings.HasSuffix(s, "000")
	}
	return !strings.Contains(s, ".") || strings.Count(s, ".") > 1 || strings.ContainsAny(s, " -")
}

var (
	threes   = regexp.MustCompile(`^[0-9]{3}[ -][0-9]{3}[ -][0-9]{3}$`) // of many kinds
	dateLike = regexp.MustCompile(`^(?:[0-9]{4}[-/.][0-9]{2}[-/.]|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}\b|[0-9]{1,3}(?:\.[0-9]{1,3}){3}$)`)
	epoch    = regexp.MustCompile(`^1[0-9]{9}$|^1[0-9]{12}$`)
)
