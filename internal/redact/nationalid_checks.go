package redact

import (
	"strconv"
	"strings"
)

func never(string) bool { return false }

func smallLetters(s string) bool { return hasLower(s) }

// notDashed: a social security number shows by its hyphens; blanks and bare
// digits could be anything.
func notDashed(s string) bool { return strings.Count(s, "-") != 2 }

func undotted(s string) bool { return !strings.Contains(s, ".") }

// notBirthday: a full date of birth with a hyphen and a right sum is enough; six
// digits could be a date of today, and so could one of late years.
func notBirthday(s string) bool {
	return len(s) < len("19811218-9876") || s[:4] > "2012"
}

func fiveDigits(s string) bool { return len(onlyDigits(s)) >= 5 }

func isSSN(s string) bool {
	return s[:3] != "000" && s[:3] != "666" && s[3:5] != "00" && s[5:] != "0000" && s != "123456789" && s != "078051120"
}

func isNINO(s string) bool { return !strings.Contains(" BG GB KN NK NT TN ZZ ", s[:2]) }

func isNHS(s string) bool {
	check := 11 - weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11
	return check%11 == int(s[9]-'0') && strings.Trim(s, s[:1]) != ""
}

func isPPS(s string) bool {
	sum := weighted(s, 8, 7, 6, 5, 4, 3, 2)
	if len(s) > 8 && s[8] != 'W' {
		sum += 9 * int(s[8]-'A'+1)
	}
	return "WABCDEFGHIJKLMNOPQRSTUV"[sum%23] == s[7]
}

func isDNI(s string) bool {
	number := s[:len(s)-1]
	if i := strings.IndexByte("XYZ", number[0]); i >= 0 {
		number = strconv.Itoa(i) + number[1:]
	}
	n, err := strconv.Atoi(number)
	return err == nil && "TRWAGMYFPDXBNJZSQVHLCKE"[n%23] == s[len(s)-1]
}

func isNIF(s string) bool {
	check := 11 - weighted(s, 9, 8, 7, 6, 5, 4, 3, 2)%11
	return check%11%10 == int(s[8]-'0')
}

func isNIR(s string) bool {
	corsican := 0
	switch {
	case strings.Contains(s, "A"):
		corsican = 1_000_000
	case strings.Contains(s, "B"):
		corsican = 2_000_000
	}
	n, err := strconv.Atoi(strings.NewReplacer("A", "0", "B", "0").Replace(s[:13]))
	key, keyErr := strconv.Atoi(s[13:])
	return err == nil && keyErr == nil && 97-(n-corsican)%97 == key
}

func isBelgian(s string) bool {
	n, err := strconv.Atoi(s[:9])
	key, keyErr := strconv.Atoi(s[9:])
	return err == nil && keyErr == nil && key > 0 && (97-n%97 == key || 97-(2_000_000_000+n)%97 == key)
}

func isCodiceFiscale(s string) bool {
	odd := [...]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
	sum := 0
	for i := range 15 {
		v := int(s[i] - 'A')
		if isDigit(s[i]) {
			v = int(s[i] - '0')
		}
		if i%2 == 0 {
			v = odd[v]
		}
		sum += v
	}
	return byte('A'+sum%26) == s[15]
}

func isBSN(s string) bool {
	return weighted(s, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0 && strings.Trim(s, "0") != ""
}

func isSteuerID(s string) bool { return mod1110(s) && strings.Trim(s, s[:1]) != "" }

func isSVNR(s string) bool {
	return weighted(s, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6)%11 == int(s[3]-'0')
}

func isEAN13(s string) bool { return weighted(s, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0 }

func isPersonnummer(s string) bool { return luhn(s[len(s)-10:]) }

func isHETU(s string) bool {
	digits := s[:6] + s[len(s)-4:len(s)-1]
	n, err := strconv.Atoi(digits)
	return err == nil && "0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31] == s[len(s)-1]
}

func isNorwegian(s string) bool {
	return weighted(s, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0 && weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}

func isPESEL(s string) bool { return weighted(s, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0 }

func isRodne(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n%11 == 0
}

func isEGN(s string) bool {
	return weighted(s, 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10 == int(s[9]-'0')
}

func isTurkish(s string) bool {
	odd, even := weighted(s, 1, 0, 1, 0, 1, 0, 1, 0, 1), weighted(s, 0, 1, 0, 1, 0, 1, 0, 1)
	tenth := ((odd*7-even)%10 + 10) % 10
	return tenth == int(s[9]-'0') && (odd+even+tenth)%10 == int(s[10]-'0')
}

func isCPF(s string) bool {
	check := func(sum int) int { return sum * 10 % 11 % 10 }
	return strings.Trim(s, s[:1]) != "" && check(weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == int(s[9]-'0') &&
		check(weighted(s, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == int(s[10]-'0')
}

func isRUT(s string) bool {
	sum, weight := 0, 2
	for i := len(s) - 2; i >= 0; i-- {
		sum += int(s[i]-'0') * weight
		if weight++; weight > 7 {
			weight = 2
		}
	}
	return "0K987654321"[sum%11] == s[len(s)-1]
}

func isCUIT(s string) bool {
	return (11-weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%11 == int(s[10]-'0')
}

func isChinese(s string) bool {
	return "10X98765432"[weighted(s, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11] == s[17]
}

func isNRIC(s string) bool {
	sum := weighted(s[1:], 2, 7, 6, 5, 4, 3, 2)
	switch s[0] {
	case 'T', 'G':
		sum += 4
	case 'M':
		sum += 3
	}
	switch s[0] {
	case 'S', 'T':
		return "JZIHGFEDCBA"[sum%11] == s[8]
	case 'M':
		return "KLJNPQRTUWX"[10-sum%11] == s[8]
	}
	return "XWUTRQPNMLK"[sum%11] == s[8]
}

func isTFN(s string) bool { return weighted(s, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0 }
