package corpus

import (
	"math/big"
	"reflect"
	"strings"
	"testing"
)

func TestGeneratedCasesAreWellFormed(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		wellFormed(t, Generate(seed, 800))
	}
}

func TestSameSeedGivesTheSameCases(t *testing.T) {
	t.Parallel()
	cases := Generate(7, 300)
	if again := Generate(7, 300); !reflect.DeepEqual(cases, again) {
		t.Error("the same seed gave other cases")
	}
	// The kinds come in turn, so only values and sentences tell seeds apart.
	same := 0
	for i, other := range Generate(8, 300) {
		if other.Text == cases[i].Text {
			same++
		}
	}
	if same > 30 {
		t.Errorf("another seed gave %d of the same texts", same)
	}
}

// With enough turns, no kind is left out.
func TestEachKindIsGenerated(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range Generate(1, 2000) {
		seen[c.Kind] = true
	}
	for _, kinds := range [][]kind{tokenKinds(), namedKinds(), structuredKinds(), personalKinds(), lookAlikeKinds()} {
		for _, k := range kinds {
			if !seen[k.name] {
				t.Errorf("no %s in 2000 cases", k.name)
			}
		}
	}
	for _, disguise := range disguises {
		if !seen["dress-"+disguise.name] {
			t.Errorf("no %s in 2000 cases", disguise.name)
		}
	}
}

func TestSentencesAreFilled(t *testing.T) {
	t.Parallel()
	for _, c := range Generate(2, 1000) {
		for _, place := range []string{"{value}", "{NAME}", "{name}", "{service}", "{clock}", "%s", "%!"} {
			if strings.Contains(c.Text, place) {
				t.Errorf("%s has %s: %s", c.ID, place, c.Text)
			}
		}
	}
}

// bare is a number without what groups it.
var bare = strings.NewReplacer(" ", "", "-", "", ".", "")

// sumOfCard is the sum of Luhn, apart from the code that makes cards: doubled
// digits from a table.
func sumOfCard(number string) (sum int) {
	for i := range number {
		n := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			n = []int{0, 2, 4, 6, 8, 1, 3, 5, 7, 9}[n]
		}
		sum += n
	}
	return sum % 10
}

// restOfIBAN is 1 for one with the right check digits, by arithmetic on the whole.
func restOfIBAN(number string) int64 {
	var all strings.Builder
	for _, c := range number[4:] + number[:4] {
		all.WriteString(big.NewInt(int64(strings.IndexRune(digits+upper, c))).String())
	}
	whole, ok := new(big.Int).SetString(all.String(), 10)
	if !ok {
		return 0
	}
	return whole.Mod(whole, big.NewInt(97)).Int64()
}

func TestCardsAndAccountsHaveTheirChecksums(t *testing.T) {
	t.Parallel()
	cards, accounts := 0, 0
	for _, c := range append(written(t), Generate(3, 2000)...) {
		for _, part := range c.Find {
			switch number := bare.Replace(part); {
			case c.Kind == "card", strings.HasPrefix(c.Kind, "card-"):
				cards++
				if sumOfCard(number) != 0 {
					t.Errorf("%s: %s is no card", c.ID, part)
				}
			case c.Kind == "iban", strings.HasPrefix(c.Kind, "iban-"):
				accounts++
				if restOfIBAN(number) != 1 {
					t.Errorf("%s: %s is no IBAN", c.ID, part)
				}
			}
		}
		if c.Kind == "order-number" && len(c.Keep) == 1 && strings.Trim(c.Keep[0],
			digits) == "" && sumOfCard(c.Keep[0]) == 0 {
			t.Errorf("%s could be a card", c.ID)
		}
	}
	if cards < 25 || accounts < 25 {
		t.Errorf("only %d cards and %d accounts", cards, accounts)
	}
}

// What the standards and the vendors give as examples.
func TestChecksumsAreThoseOfTheStandards(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"4111111111111111":       withLuhn("411111111111111"),
		"GB82WEST12345698765432": iban("GB", "WEST12345698765432"),
		"2363":                   withVerhoeff("236"),
		"86095742719":            withISO7064("8609574271"),
		"11144477735":            withCPF("111444777"),
		"RSSMRA85T10A562S":       withFiscalCode("RSSMRA85T10A562"),
		"12345678Z":              withDNI("12345678", ""),
	} {
		if got != want {
			t.Errorf("got %s instead of %s", got, want)
		}
	}
}
