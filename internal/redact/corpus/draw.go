package corpus

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
)

// The alphabets that values are drawn from.
const (
	digits  = "0123456789"
	hexes   = "0123456789abcdef"
	lower   = "abcdefghijklmnopqrstuvwxyz"
	upper   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	base32  = upper + "234567"
	base62  = digits + upper + lower
	urlSafe = base62 + "-_"
)

// draw draws values.
type draw struct{ *rand.Rand }

// of returns n characters of an alphabet.
func (d draw) of(alphabet string, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(alphabet[d.IntN(len(alphabet))])
	}
	return b.String()
}

// number returns n digits, the first of them not 0.
func (d draw) number(n int) string { return d.of(digits[1:], 1) + d.of(digits, n-1) }

// tail returns n characters for the end of a token, where a sign is not taken for
// part of the sentence.
func (d draw) tail(alphabet string, n int) string { return d.of(alphabet, n-1) + d.of(base62, 1) }

// between returns a number from low to high.
func (d draw) between(low, high int) int { return low + d.IntN(high-low+1) }

// chance is true once in n times.
func (d draw) chance(n int) bool { return d.IntN(n) == 0 }

// bytes returns n random bytes.
func (d draw) bytes(n int) []byte {
	random := make([]byte, n)
	for i := range random {
		random[i] = byte(d.Uint32())
	}
	return random
}

func (d draw) base64(n int) string    { return base64.StdEncoding.EncodeToString(d.bytes(n)) }
func (d draw) base64URL(n int) string { return base64.RawURLEncoding.EncodeToString(d.bytes(n)) }

// clock is a time of the day.
func (d draw) clock() string { return fmt.Sprintf("%02d:%02d", d.IntN(24), d.IntN(60)) }

// uuid is a random UUID, version 4.
func (d draw) uuid() string {
	b := d.bytes(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// password is one that a person or a generator made, of characters that need no
// quotes in a shell and no escape in a URL.
func (d draw) password() string {
	words := []string{"Lantern", "Biscuit", "Meadow", "Gravel", "Orchid", "Piston", "Salmon", "Tunnel", "Window",
		"Yarrow"}
	switch d.IntN(3) {
	case 0:
		return pick(d, words) + "-" + pick(d, words) + "-" + d.number(3)
	case 1:
		return strings.ToLower(pick(d, words)) + d.number(2) + pick(d, words) + d.number(2)
	default:
		return d.of(base62, 7) + d.number(2) + d.of(lower, 2) + d.of(upper, 2) + d.of(base62, 5)
	}
}

// jwt is a JSON Web Token with claims of its own.
func (d draw) jwt() string {
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	issued := d.between(1763000000, 1764000000)
	header := fmt.Sprintf(`{"alg":"%s","typ":"JWT","kid":"%s"}`, pick(d, []string{"HS256", "RS256", "ES256"}),
		d.of(hexes, 8))
	claims := fmt.Sprintf(`{"iss":"https://id.acme.internal","sub":"%s","iat":%d,"exp":%d}`, d.uuid(), issued,
		issued+3600)
	return part(header) + "." + part(claims) + "." + d.base64URL(pick(d, []int{32, 64, 128}))
}

// pick returns one of a list.
func pick[T any](d draw, list []T) T { return list[d.IntN(len(list))] }

// grouped parts a text into groups of the sizes.
func grouped(text, separator string, sizes ...int) string {
	var groups []string
	for _, size := range sizes {
		groups = append(groups, text[:size])
		text = text[size:]
	}
	if text != "" {
		groups = append(groups, text)
	}
	return strings.Join(groups, separator)
}
