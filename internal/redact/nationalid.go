package redact

import (
	"regexp"
	"strings"
)

// nationalID is the form of one country's number for a person.
type nationalID struct {
	form *regexp.Regexp
	// words announce it. If need is set, it counts only with one of them near; it
	// is for forms that other numbers have too.
	words *regexp.Regexp
	need  func(found string) bool
	// check takes the letters and digits alone, letters as capitals; nil is none.
	check func(s string) bool
}

// nationalIDRule finds the numbers that states give to people.
func nationalIDRule() rule {
	return rule{kind: "national-id", find: func(text string) []place {
		var places []place
		for _, z := range zones(text) {
			for _, id := range nationalIDs {
				for _, m := range id.form.FindAllStringIndex(text[z.start:z.end], -1) {
					if p := (place{z.start + m[0], z.start + m[1]}); idAlone(text, p) && id.accepts(text, p) {
						places = append(places, p)
					}
				}
			}
		}
		return places
	}}
}

func (id nationalID) accepts(text string, p place) bool {
	found := text[p.start:p.end]
	if id.check != nil && !id.check(strings.ToUpper(signs.Replace(found))) {
		return false
	}
	return id.need == nil || !id.need(found) || id.words.MatchString(wordsAround(text, p))
}

var signs = strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "+", "")

// idAlone tells a number from a part of something longer.
func idAlone(text string, p place) bool {
	if p.start > 0 && (isWord(text[p.start-1]) || strings.IndexByte("-./#+@", text[p.start-1]) >= 0) {
		return false
	}
	rest := text[p.end:]
	return rest == "" || !isWord(rest[0]) && !(len(rest) > 1 && strings.IndexByte("-./", rest[0]) >= 0 && isWord(rest[1]))
}

// always asks for a word whatever the form.
func always(string) bool { return true }

// bareDigits asks for a word where there are only digits.
func bareDigits(s string) bool { return onlyDigits(s) == s }

func id(form, words string, need, check func(string) bool) nationalID {
	return nationalID{regexp.MustCompile(form), regexp.MustCompile(`(?i)(?:^|[^\pL])(?:` + words + `)`), need, check}
}

const anyID = `national id|identity (?:number|card)|id (?:number|card|no)|identification number|personal (?:id|number)|tax (?:id|number|payer)|citizen|insurance n`

var nationalIDs = []nationalID{
	// the United States
	id(`[0-8][0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{4}`, `ssn|social[ -]?security`, notDashed, isSSN),
	id(`9[0-9]{2}[- ]?(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])[- ]?[0-9]{4}`, `itin|taxpayer|tax id`, always, nil),
	// Canada
	id(`[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}`, `sin\b|social insurance|nas\b`, always, luhn),
	// Britain and Ireland
	id(`(?i)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]`, `ni\b|nino|national insurance|n\.i\.|`+anyID, smallLetters, isNINO),
	id(`[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}`, `nhs`, always, isNHS),
	id(`(?i)[0-9]{7}[A-W][ABW]?`, `ppsn?\b|public service|`+anyID, always, isPPS),
	// Spain and Portugal
	id(`(?i)[0-9]{8}[ -]?[A-Z]|[0-9]{2}\.[0-9]{3}\.[0-9]{3}[ -]?[A-Z]`, `dni|nif|`+anyID, smallLetters, isDNI),
	id(`(?i)[XYZ][ -]?[0-9]{7}[ -]?[A-Z]`, `nie|nif|`+anyID, smallLetters, isDNI),
	id(`[1-35689][0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}`, `nif|contribuinte`, always, isNIF),
	// France, Belgium, Luxembourg
	id(`[12][ .]?[0-9]{2}[ .]?(?:0[1-9]|1[0-2]|[2-9][0-9])[ .]?(?:[0-9]{2}|2[AB])[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{2}`,
		`nir\b|sécu|securite sociale|sécurité sociale|insee|numéro|n°|social|`+anyID, bareDigits, isNIR),
	id(`[0-9]{2}\.?[0-9]{2}\.?[0-9]{2}[ -]?[0-9]{3}[ .-]?[0-9]{2}`, `rijksregister|registre national|national register|insz|niss|bsn|`+anyID, bareDigits, isBelgian),
	// Italy
	id(`(?i)[A-Z]{6}[0-9L-V]{2}[ABCDEHLMPRST][0-9L-V]{2}[A-Z][0-9L-V]{3}[A-Z]`, `codice|fiscale|cf\b|`+anyID, smallLetters, isCodiceFiscale),
	// the Netherlands
	id(`[0-9]{4}[ .]?[0-9]{2}[ .]?[0-9]{3}|[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}`, `bsn|burgerservice|sofi|citizen service`, always, isBSN),
	// Germany, Austria, Switzerland
	id(`[1-9][0-9][ ]?[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{3}`, `steuer|idnr|tin\b|tax|`+anyID, always, isSteuerID),
	id(`(?i)[0-9]{2}[ ]?[0-9]{6}[ ]?[A-Z][ ]?[0-9]{3}`, `sozialversicherung|rentenversicherung|rvnr|svnr|sv-nummer|versicherungsnummer|`+anyID, always, nil),
	id(`[1-9][0-9]{3}[ ]?[0-9]{6}`, `svnr|sozialversicherung|sv-nummer|versicherungsnummer`, always, isSVNR),
	id(`756\.?[0-9]{4}\.?[0-9]{4}\.?[0-9]{2}`, `ahv|avs|oasi`, never, isEAN13),
	// the north
	id(`(?:19|20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278][0-9]|[39][01])[-+]?[0-9]{4}`, `personn|person number|personal (?:identity )?number|samordning|`+anyID, notBirthday, isPersonnummer),
	id(`[0-3][0-9](?:0[1-9]|1[0-2])[0-9]{2}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]`, `hetu|henkilö`, never, isHETU),
	id(`[0-7][0-9][0-4][0-9]{3}[ ]?[0-9]{5}`, `fødselsn|fodselsn|personn|d-nummer|fnr`, always, isNorwegian),
	id(`[0-3][0-9](?:0[1-9]|1[0-2])[0-9]{2}[- ]?[0-9]{4}`, `cpr|personnummer|kennitala`, always, nil),
	id(`[1-6][0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{4}`, `isikukood|asmens|personas kods|`+anyID, always, nil),
	// the east
	id(`[0-9]{11}`, `pesel`, always, isPESEL),
	id(`[0-9]{2}(?:[0257][1-9]|[1368][0-2])(?:0[1-9]|[12][0-9]|3[01])/?[0-9]{4}`, `rodn|birth number|rč|`+anyID, always, isRodne),
	id(`[1-9][0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{6}`, `cnp|jmbg|`+anyID, always, nil),
	id(`[0-9]{10}`, `egn|егн`, always, isEGN),
	id(`[0-9]{11}`, `oib`, always, mod1110),
	id(`[0-9]{11}`, `amka|αμκα`, always, luhn),
	id(`[1-9][0-9]{10}`, `t\.?c\.?(?: kimlik)?\b|kimlik`, always, isTurkish),
	// Latin America
	id(`[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]{2}`, `cpf|`+anyID, bareDigits, isCPF),
	id(`[0-9]{1,2}\.?[0-9]{3}\.?[0-9]{3}-[0-9kK]`, `rut\b|run\b`, undotted, isRUT),
	id(`[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HMX][A-Z]{5}[A-Z0-9][0-9]`, `curp`, never, nil),
	id(`[0-9]{2}-?[0-9]{8}-?[0-9]`, `cui[lt]`, always, isCUIT),
	// Asia, Africa, Oceania
	id(`[2-9][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}`, `aadha+r|uidai|uid\b|आधार`, bareDigits, verhoeff),
	id(`[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]`, `pan\b|income tax|permanent account`, never, nil),
	id(`(?i)[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]`, ``, never, isChinese),
	id(`[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[1-8][0-9]{6}`, ``, never, nil),
	id(`[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}`, `my ?number|マイナンバー|個人番号`, always, nil),
	id(`(?i)[STFGM][0-9]{7}[A-Z]`, `nric|fin\b|`+anyID, smallLetters, isNRIC),
	id(`[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{4}[01][89][0-9]`, `id\b|identity|`+anyID, always, luhn),
	id(`[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-?[0-9]{2}-?[0-9]{4}`, `mykad|nric|kad pengenalan`, always, nil),
	id(`[0-9]{9}`, `teudat|zehut|israel`, always, luhn),
	id(`[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{3}`, `tfn|tax file`, always, isTFN),
	id(`[2-6][0-9]{3}[ ]?[0-9]{5}[ ]?[0-9]`, `medicare`, always, nil),
	// travel documents and licences
	id(`[A-Z]{0,2}[0-9]{6,9}|[CFGHJKLMNPRTVWXYZ0-9]{9}`, `passports?|reisepass|passeport|pasaporte|personalausweis|ausweisn|driving licen[cs]e|driver'?s licen[cs]e|führerschein`, always, fiveDigits),
}
