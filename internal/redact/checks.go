package redact

import "strings"

// wordsAround is what stands near a number: it says what the number is.
func wordsAround(text string, p place) string {
	const before, after = 48, 24
	from, to := max(0, p.start-before), min(len(text), p.end+after)
	if line := strings.LastIndexByte(text[from:p.start], '\n'); line >= 0 {
		from += line + 1
	}
	if line := strings.IndexByte(text[p.end:to], '\n'); line >= 0 {
		to = p.end + line
	}
	return text[from:p.start] + " " + text[p.end:to]
}

// luhn checks digits by the sum of ISO/IEC 7812.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return len(digits) > 1 && sum%10 == 0
}

// mod97 checks what ISO 13616 asks of an account's number: its first four
// characters put last, letters as numbers, the rest by 97 is one.
func mod97(s string) bool {
	rest := 0
	for _, c := range s[4:] + s[:4] {
		switch {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// weighted is the sum of digits, each times its weight.
func weighted(digits string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(digits[i]-'0') * w
	}
	return sum
}

// verhoeff checks digits by the scheme that Aadhaar numbers have.
func verhoeff(digits string) bool {
	c := 0
	for i := range len(digits) {
		c = dihedral[c][permuted[i%8][digits[len(digits)-1-i]-'0']]
	}
	return c == 0
}

var dihedral = [10][10]int{
	{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
	{4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1}, {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
	{8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
}

var permuted = [8][10]int{
	{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
	{9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1}, {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8},
}

// mod1110 checks digits by ISO 7064, MOD 11,10, as German tax numbers do.
func mod1110(digits string) bool {
	product := 10
	for _, c := range digits[:len(digits)-1] {
		sum := (int(c-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return (11-product)%10 == int(digits[len(digits)-1]-'0')
}
