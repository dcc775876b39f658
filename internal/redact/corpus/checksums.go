package corpus

import (
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"
)

// withCRC adds the checksum of GitHub's and npm's tokens: the CRC-32 of what is
// random in them, as six characters in base 62.
func withCRC(random string) string {
	sum, check := crc32.ChecksumIEEE([]byte(random)), make([]byte, 6)
	for i := len(check) - 1; i >= 0; i-- {
		check[i] = base62[sum%62]
		sum /= 62
	}
	return random + string(check)
}

// withLuhn adds the check digit of payment cards.
func withLuhn(number string) string { return number + strconv.Itoa((10-luhn(number+"0"))%10) }

// luhn is 0 for a number with the right check digit.
func luhn(number string) (sum int) {
	for i := range number {
		n := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			n = n*2%10 + n/5
		}
		sum += n
	}
	return sum % 10
}

// iban puts the country and the check digits before an account.
func iban(country, account string) string {
	return country + fmt.Sprintf("%02d", 98-mod97(account+country+"00")) + account
}

// mod97 is the remainder of what a text is with A for 10 up to Z for 35.
func mod97(text string) (rest int) {
	for _, c := range text {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest
}

// weighted is the sum of the digits times their weights.
func weighted(number string, weights ...int) (sum int) {
	for i, c := range number {
		sum += int(c-'0') * weights[i%len(weights)]
	}
	return sum
}

// withVerhoeff adds the check digit of Aadhaar numbers: multiplication in the
// dihedral group of the pentagon, after a permutation for each place.
func withVerhoeff(number string) string {
	multiply := func(a, b int) int {
		switch {
		case a < 5 && b < 5:
			return (a + b) % 5
		case a < 5:
			return (a+b-5)%5 + 5
		case b < 5:
			return (a-5-b+5)%5 + 5
		default:
			return (a - b + 5) % 5
		}
	}
	permutation := [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	check := 0
	for i := range number {
		n := int(number[len(number)-1-i] - '0')
		for range (i + 1) % 8 {
			n = permutation[n]
		}
		check = multiply(check, n)
	}
	if check > 0 && check < 5 {
		check = 5 - check
	}
	return number + strconv.Itoa(check)
}

// withISO7064 adds the check digit of German tax numbers (MOD 11, 10).
func withISO7064(number string) string {
	product := 10
	for _, c := range number {
		sum := (int(c-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return number + strconv.Itoa((11-product)%10)
}

// withCPF adds the two check digits of Brazilian CPFs.
func withCPF(number string) string {
	for range 2 {
		sum := 0
		for i, c := range number {
			sum += int(c-'0') * (len(number) + 1 - i)
		}
		number += strconv.Itoa(sum * 10 % 11 % 10)
	}
	return number
}

// withFiscalCode adds the check letter of Italian fiscal codes.
func withFiscalCode(code string) string {
	const odd = "BAFHJNPRTVBAFHJNPRTVCESULDGIMOQKWZYX" // for 0 to 9, then A to Z
	sum := 0
	for i, c := range code {
		at := strings.IndexRune(digits+upper, c)
		switch {
		case i%2 == 0:
			sum += int(odd[at] - 'A')
		case at < 10:
			sum += at
		default:
			sum += at - 10
		}
	}
	return code + string(upper[sum%26])
}
