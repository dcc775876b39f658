package redact

import (
	"regexp"
	"strconv"
	"strings"
)

// moneyRules find the numbers of payment cards and of bank accounts. Both have a
// check, which tells them from other long numbers.
func moneyRules() []rule {
	return []rule{
		{kind: "iban", find: ibans},
		{kind: "card", find: cards},
	}
}

var cardLike = regexp.MustCompile(`[0-9](?:[ \t-]?[0-9]){11,18}`)

func cards(text string) []place {
	var places []place
	for _, m := range cardLike.FindAllStringIndex(text, -1) {
		if p := (place{m[0], m[1]}); standsAlone(text, p) && isCard(text[p.start:p.end], wordsAround(text, p)) {
			places = append(places, p)
		}
	}
	return places
}

// standsAlone tells a number from a part of a longer one, of a name or of an
// address.
func standsAlone(text string, p place) bool {
	before, after := byte(' '), byte(' ')
	if p.start > 0 {
		before = text[p.start-1]
	}
	if p.end < len(text) {
		after = text[p.end]
	}
	if before == '.' && p.start > 1 && isDigit(text[p.start-2]) || after == '.' && p.end+1 < len(text) && isDigit(text[p.end+1]) {
		return false
	}
	return !isWord(before) && strings.IndexByte("/#-+", before) < 0 && !isWord(after) && !(after == '-' && p.end+1 < len(text) && isWord(text[p.end+1]))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

var cardWords = regexp.MustCompile(`(?i)\b(?:cards?|visa|master ?card|amex|american express|maestro|discover|diners|jcb|unionpay|pan|cc|credit|debit|payment|kreditkarte|karte|tarjeta|carte|cvv|cvc|exp(?:iry|ires)?)\b`)

// isCard checks length and first digits by issuer, and Luhn's sum. In one run,
// without the word, only what has the usual length counts.
func isCard(found, around string) bool {
	digits := onlyDigits(found)
	if !luhn(digits) || strings.Trim(digits, digits[:1]) == "" {
		return false
	}
	grouped := len(found) > len(digits)
	if grouped && !cardGroups.MatchString(strings.NewReplacer("\t", " ", "-", " ").Replace(found)) && !cardWords.MatchString(around) {
		return false
	}
	for _, i := range issuers {
		first, err := strconv.Atoi(digits[:len(i.from)])
		low, _ := strconv.Atoi(i.from)
		high, _ := strconv.Atoi(i.to)
		if err != nil || first < low || first > high || len(digits) < i.shortest || len(digits) > i.longest {
			continue
		}
		return len(digits) == i.usual || cardWords.MatchString(around)
	}
	return false
}

var cardGroups = regexp.MustCompile(`^(?:[0-9]{4}(?: [0-9]{4}){2,3}(?: [0-9]{1,3})?|[0-9]{4} [0-9]{6} [0-9]{4,5}|[0-9]{6} [0-9]{10,13}|[0-9]{8} [0-9]{8})$`)

// issuers by the first digits of their numbers (ISO/IEC 7812), the narrower first.
var issuers = []struct {
	from, to                 string
	shortest, longest, usual int
}{
	{"34", "34", 15, 15, 15}, {"37", "37", 15, 15, 15}, // American Express
	{"300", "305", 14, 19, 14}, {"36", "36", 14, 19, 14}, {"38", "39", 14, 19, 14}, // Diners Club
	{"3528", "3589", 16, 19, 16},                               // JCB
	{"2200", "2204", 16, 19, 16}, {"2221", "2720", 16, 16, 16}, // Mir, Mastercard
	{"51", "55", 16, 16, 16},                                                           // Mastercard
	{"6011", "6011", 16, 19, 16}, {"644", "649", 16, 19, 16}, {"65", "65", 16, 19, 16}, // Discover
	{"60", "60", 16, 16, 16}, {"81", "82", 16, 16, 16}, // RuPay
	{"62", "62", 16, 19, 16},                                                                               // UnionPay
	{"50", "50", 12, 19, 16}, {"56", "58", 12, 19, 16}, {"63", "63", 12, 19, 16}, {"67", "69", 12, 19, 16}, // Maestro
	{"4", "4", 13, 19, 16}, // Visa
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

var ibanStart = regexp.MustCompile(`[A-Za-z]{2}[0-9]{2}[ -]?[A-Za-z0-9]{2,4}`)

func ibans(text string) []place {
	var places []place
	for at := 0; at < len(text); {
		m := ibanStart.FindStringIndex(text[at:])
		if m == nil {
			break
		}
		start := at + m[0]
		at = start + 2
		if start > 0 && isWord(text[start-1]) {
			continue
		}
		if end := ibanEnd(text, start); end > 0 {
			places = append(places, place{start, end})
			at = end
		}
	}
	return places
}

// ibanEnd reads as many letters and digits as the country's have, and checks them
// (ISO 13616). It gives zero if it is none.
func ibanEnd(text string, start int) int {
	want := ibanLength[strings.ToUpper(text[start:start+2])]
	var digits strings.Builder
	end := start
	for end < len(text) && digits.Len() < want {
		c := text[end]
		switch {
		case isWord(c) && c != '_':
			digits.WriteByte(c)
		case c != ' ' && c != '-' || end > 0 && (text[end-1] == ' ' || text[end-1] == '-'):
			return 0
		}
		end++
	}
	if want == 0 || digits.Len() != want || end < len(text) && isWord(text[end]) || !mod97(strings.ToUpper(digits.String())) {
		return 0
	}
	return end
}

// ibanLength by country, from the registry of SWIFT.
var ibanLength = func() map[string]int {
	lengths := map[string]int{}
	for _, s := range strings.Fields(`AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24
 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25
 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23
 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`) {
		lengths[s[:2]], _ = strconv.Atoi(s[2:])
	}
	return lengths
}()
