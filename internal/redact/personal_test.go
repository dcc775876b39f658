package redact_test

import (
	"strings"
	"testing"
)

// The numbers are examples of those who issue them.
func TestGate_TakesPersonalDataOut(t *testing.T) {
	g := gate(t)
	for _, c := range []struct{ kind, text, want string }{
		{"phone", "ring +49 30 1234567 now", "ring § now"},
		{"phone", "+1 (415) 555-0132.", "§."},
		{"phone", "call me on 020 7946 0958", "call me on §"},
		{"phone", "(415) 555-0132", "§"},
		{"phone", "her mobile is 0171 2345678", "her mobile is §"},
		{"phone", "06 12 34 56 78", "§"},
		{"phone", "<tel:+441632960961>", "<tel:§>"},
		{"phone", "+33 (0)6 12 34 56 78", "§"},
		{"phone", "0033 6 12 34 56 78", "§"},
		{"card", "4111 1111 1111 1111", "§"},
		{"card", "card=378282246310005 declined", "card=§ declined"},
		{"card", "`5555-5555-5555-4444`", "`§`"},
		{"iban", "DE89 3704 0044 0532 0130 00 AND more", "§ AND more"},
		{"iban", "iban=gb29nwbk60161331926819", "iban=§"},
		{"ip-address", "from 93.184.216.34:443", "from §:443"},
		{"ip-address", "[2606:2800:220:1:248:1893:25c8:1946]:80", "[§]:80"},
		{"ip-address", "93.184.216.0/24", "§/24"},
		{"national-id", "536-90-4399", "§"},
		{"national-id", "SSN 536904399", "SSN §"},
		{"national-id", "NI number ab 12 34 56 c", "NI number §"},
		{"national-id", "NHS no. 943 476 5919", "NHS no. §"},
		{"national-id", "DNI 12345678Z", "DNI §"},
		{"national-id", "X1234567L", "§"},
		{"national-id", "2 55 08 14 168 025 38", "§"},
		{"national-id", "RSSMRA85T10A562S", "§"},
		{"national-id", "BSN: 111222333", "BSN: §"},
		{"national-id", "529.982.247-25", "§"},
		{"national-id", "personnummer 811218-9876", "personnummer §"},
		{"national-id", "19811218-9876", "§"},
		{"national-id", "131052-308T", "§"},
		{"national-id", "PESEL 44051401359", "PESEL §"},
		{"national-id", "Steuer-ID 86 095 742 719", "Steuer-ID §"},
		{"national-id", "SIN 046 454 286", "SIN §"},
		{"national-id", "756.9217.0769.85", "§"},
		{"national-id", "85.07.30-033.28", "§"},
		{"national-id", "11010519491231002X", "§"},
		{"national-id", "S1234567D", "§"},
		{"national-id", "TFN 123 456 782", "TFN §"},
		{"national-id", "kimlik 10000000146", "kimlik §"},
		{"national-id", "HEGG560427MVZRRL04", "§"},
		{"national-id", "passport: C01X00T47", "passport: §"},
		{"e-mail", "maya (at) example (dot) com", "§"},
		{"e-mail", "maya at example dot com", "§"},
	} {
		want := strings.ReplaceAll(c.want, "§", "[redacted: "+c.kind+"]")
		for _, around := range [][2]string{{"", ""}, {"before\n", "\nafter"}, {"| a | ", " |"}} {
			got, found := settled(t, g.Clean, around[0]+c.text+around[1])
			if got != around[0]+want+around[1] || found[c.kind] != 1 || found.Total() != 1 {
				t.Errorf("%q:\ngot  %q with %v\nwant %q", c.text, got, found, want)
			}
		}
		if got, _ := settled(t, g.Scan, c.text); got != c.text {
			t.Errorf("Scan changed %q to %q", c.text, got)
		}
	}
}

func TestGate_NumbersOfAnIncidentSurvive(t *testing.T) {
	g := gate(t)
	for _, text := range []string{
		"10.0.0.7, 192.168.1.10:5432, 127.0.0.1, ::1, fe80::1, 172.16.0.0/12", "192.0.2.10 and 198.51.100.7 and 2001:db8::1", "100.64.0.1", "0.0.0.0:8080",
		"v1.2.3.4", "version 4.18.2.1", "upgraded to 4.18.2.1", "chart-1.2.3.4", "Chrome/120.0.6099.71", "12:01:33", "std::vec::Vec", "a::b",
		"2026-11-23 11:58:12", "20261123115812", "1732406400", "1732406400123", "2026-11-23T11:58:12+00:00", "+1 for that", "+12345 -678", "+0200",
		"run 19283746510 failed", "https://github.com/acme/shop/actions/runs/19283746510", "#1234567890", "order 20261123-0012", "call it 12 times", "at 1234567 requests",
		"4111 1111 1111 1112", "1234 5678 9012 3456", "trace 4bf92f3577b34da6a3ce929d0e0e4736", "DE89 3704 0044 0532 0130 01", "536-00-4399", "12345678A", "X1234567M",
		"111222333", "046 454 286", "port 5432", "5,000,000 rows", "0.000123", "3.14159265358979", "1e-9", "id 123456789012", "pid 4711 at 0x7ffee4c0",
		"123456782 rows", "build 20261123.1", "SN-536904399", "arn:aws:iam::123456789012:role/x", "PR #4399, 536 files, 90 commits",
	} {
		if got, found := settled(t, g.Clean, text); got != text {
			t.Errorf("%q became %q: %v", text, got, found)
		}
	}
}
