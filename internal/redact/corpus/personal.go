package corpus

import (
	"fmt"
	"strconv"
	"strings"
)

// personalKinds are what is known of people by its form or its name.
func personalKinds() (kinds []kind) {
	add := func(name, variable, service string, sentences []string, f format) {
		kinds = append(kinds, kind{name, func(d draw) value { return whole(f(d)) }, sentences, variable, service})
	}
	add("email", "EMAIL", "e-mail address", met, email)
	add("ipv4-public", "CLIENT_IP", "address", met, ipv4)
	add("ipv6-public", "CLIENT_IP", "address", met, ipv6)
	add("phone", "PHONE", "phone number", reported, phone)
	add("card", "CARD_NUMBER", "card", reported, card)
	add("iban", "IBAN", "IBAN", reported, account)
	add("us-ssn", "SSN", "social security number", reported, func(d draw) string {
		return fmt.Sprintf("%03d-%02d-%04d", d.between(100, 665), d.between(1, 99), d.between(1, 9999))
	})
	add("uk-nino", "NINO", "National Insurance number", reported, func(d draw) string {
		return d.of("CEHJLMPRSW", 2) + d.number(6) + d.of("ABCD", 1)
	})
	add("es-dni", "DNI", "DNI", reported, func(d draw) string { return withDNI(d.number(8), "") })
	add("es-nie", "NIE", "NIE", reported, func(d draw) string {
		first := d.IntN(3)
		return "XYZ"[first:first+1] + withDNI(d.number(7), strconv.Itoa(first))
	})
	add("fr-nir", "NIR", "NIR", reported, func(d draw) string {
		number := fmt.Sprintf("%d%02d%02d%02d%03d%03d", d.between(1, 2), d.between(40, 99), d.between(1, 12),
			d.between(21, 95), d.between(1, 600), d.between(1, 900))
		return number + fmt.Sprintf("%02d", 97-mod97(number))
	})
	add("it-codice-fiscale", "CODICE_FISCALE", "codice fiscale", reported, func(d draw) string {
		return withFiscalCode(fmt.Sprintf("%s%02d%s%02dH%03d", d.of("BCDFGLMNPRSTV", 6), d.between(40, 99),
			d.of("ABCDEHLMPRST", 1), d.between(1, 28), d.between(1, 900)))
	})
	add("nl-bsn", "BSN", "BSN", reported, func(d draw) string {
		for {
			number := d.number(8)
			if check := weighted(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11; check < 10 {
				return number + strconv.Itoa(check)
			}
		}
	})
	add("br-cpf", "CPF", "CPF", reported, func(d draw) string {
		number := withCPF(d.number(9))
		return grouped(number[:9], ".", 3, 3, 3) + "-" + number[9:]
	})
	add("se-personnummer", "PERSONNUMMER", "personnummer", reported, func(d draw) string {
		return grouped(withLuhn(birthday(d)+d.of(digits, 3)), "-", 6)
	})
	add("pl-pesel", "PESEL", "PESEL", reported, func(d draw) string {
		number := birthday(d) + d.of(digits, 4)
		return number + strconv.Itoa((10-weighted(number, 1, 3, 7, 9)%10)%10)
	})
	add("de-steuer-id", "STEUER_ID", "Steuer-ID", reported, func(d draw) string {
		// Ten digits, one of them twice and another missing.
		order := d.Perm(10)
		order[pick(d, []int{1, 2, 3})] = order[9]
		if order[0] == 0 {
			order[0], order[4] = order[4], order[0]
		}
		return withISO7064(strings.Trim(strings.Join(strings.Fields(fmt.Sprint(order)), ""), "[]"))
	})
	add("in-aadhaar", "AADHAAR", "Aadhaar", reported, func(d draw) string {
		return grouped(withVerhoeff(d.of("23456789", 1)+d.of(digits, 10)), " ", 4, 4, 4)
	})
	add("ca-sin", "SIN", "SIN", reported, func(d draw) string {
		return grouped(withLuhn(d.of("1234567", 1)+d.of(digits, 7)), "-", 3, 3, 3)
	})
	return kinds
}

// withDNI adds the letter of Spanish numbers, for what the number starts with.
func withDNI(number, before string) string {
	n, _ := strconv.Atoi(before + number)
	return number + string("TRWAGMYFPDXBNJZSQVHLCKE"[n%23])
}

func birthday(d draw) string {
	return fmt.Sprintf("%02d%02d%02d", d.between(40, 99), d.between(1, 12), d.between(1, 28))
}
func email(d draw) string {
	first := []string{"maja", "anselm", "ruben", "chiara", "emeka", "sanna", "pavel", "leila"}
	last := []string{"holm", "reiter", "vasquez", "oduya", "kallio", "novak", "bianchi"}
	host := []string{"harrowgate-tools.com", "sundvik-energi.se", "pellworm-reisen.de", "tidewell.co.uk",
		"umbra-studio.io"}
	return pick(d, first) + pick(d, []string{".", "_", "", "-"}) + pick(d, last) + "@" + pick(d, host)
}

func ipv4(d draw) string {
	first := pick(d, []int{5, 37, 46, 62, 77, 81, 91, 109, 176, 185, 188, 212})
	return fmt.Sprintf("%d.%d.%d.%d", first, d.between(20, 250), d.between(1, 250), d.between(2, 250))
}

func ipv6(d draw) string {
	if d.chance(2) {
		return fmt.Sprintf("2a02:%x:%x::%x", d.between(0x100, 0xffff), d.between(0x100, 0xffff), d.between(1, 0xffff))
	}
	text := "2003"
	for range 7 {
		text += fmt.Sprintf(":%x", d.between(0x100, 0xffff))
	}
	return text
}

// phone is a number that is kept free for fiction.
func phone(d draw) string {
	return pick(d, []string{
		"+1 " + pick(d, []string{"212", "415", "206"}) + " 555 01" + d.of(digits, 2),
		"(" + pick(d, []string{"312", "617", "503"}) + ") 555-01" + d.of(digits, 2),
		"+44 20 7946 0" + d.of(digits, 3), "07700 900" + d.of(digits, 3), "+447700900" + d.of(digits, 3),
		"+49 30 23125 " + d.of(digits, 3), "030 23125-" + d.of(digits, 3),
		"+33 6 39 98 " + d.of(digits, 2) + " " + d.of(digits, 2), "01.99.00." + d.of(digits, 2) + "." + d.of(digits, 2),
	})
}

func card(d draw) string {
	if d.chance(5) {
		return grouped(withLuhn(pick(d, []string{"34", "37"})+d.of(digits, 12)), pick(d, []string{"", " "}), 4, 6, 5)
	}
	prefix := pick(d, []string{"4217", "4716", "5178", "5432", "6011", "2720", "3541"})
	return grouped(withLuhn(prefix+d.of(digits, 11)), pick(d, []string{"", " ", "-"}), 4, 4, 4, 4)
}

func account(d draw) string {
	number := pick(d, []string{
		iban("DE", d.number(18)), iban("FR", d.number(10)+d.of(digits+upper, 11)+d.of(digits, 2)),
		iban("GB", d.of(upper, 4)+d.number(14)), iban("NL", d.of(upper, 4)+"0"+d.number(9)), iban("ES", d.number(20)),
		iban("IT", d.of(upper, 1)+d.number(22)), iban("AT", d.number(16)), iban("CH", "00"+d.number(15)),
		iban("PL", d.number(24)), iban("SE", d.number(20)), iban("IE", d.of(upper, 4)+d.number(14)),
	})
	if d.chance(2) {
		return number
	}
	var sizes []int
	for left := len(number); left > 4; left -= 4 {
		sizes = append(sizes, 4)
	}
	return grouped(number, " ", sizes...)
}
