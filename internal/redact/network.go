package redact

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// addressRule finds the public addresses of the internet. Those of private
// networks, of the host itself, of examples and the like tell of nobody and are
// what an incident is about.
func addressRule() rule {
	return rule{kind: "ip-address", find: addresses}
}

var (
	fourParts = regexp.MustCompile(`[0-9]{1,3}(?:\.[0-9]{1,3}){3}`)
	sixParts  = regexp.MustCompile(`[0-9A-Fa-f]{1,4}(?::{1,2}[0-9A-Fa-f]{1,4}){2,7}(?:::|:[0-9]{1,3}(?:\.[0-9]{1,3}){3})?|[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6}::(?:[0-9A-Fa-f]{1,4})?`)
	// versionAhead is what a number of a version follows, four parts of which look
	// like an address.
	versionAhead = regexp.MustCompile(`(?i)(?:\bv|\bversions?:?[ \t]+|\brelease[ \t]+|\bbuild:?[ \t]+|\bver\.?[ \t]*|\bfirmware:?[ \t]+|\boid[ \t:=]*|\b(?:upgrad|downgrad|bump|patch|releas|hotfix|packag|plugin|librar|driver|sdk|dll|installer|appliance|sensor)\w*[ \t:]+(?:\w+[ \t]+){0,3}|\b(?:section|chapter|rfc|§)[ \t]*|\b(?:chrome|chromium|safari|firefox|edg|opr|driver|agent|sdk|schema|assembly(?:version)?|fileversion)[/ =:"]+(?:v)?)$`)
)

func addresses(text string) []place {
	var places []place
	for _, m := range dotted(text) {
		if p := (place{m[0], m[1]}); isPublicFour(text, p) {
			places = append(places, p)
		}
	}
	if strings.Count(text, ":") < 2 {
		return places
	}
	for _, m := range sixParts.FindAllStringIndex(text, -1) {
		if p := (place{m[0], m[1]}); isPublicSix(text, p) {
			places = append(places, p)
		}
	}
	return places
}

// dotted gives what fourParts matches, sparing texts without it the search.
func dotted(text string) [][]int {
	if !slices.ContainsFunc(zonesOf(text, 4), func(z place) bool { return strings.Count(text[z.start:z.end], ".") >= 3 }) {
		return nil
	}
	return fourParts.FindAllStringIndex(text, -1)
}

func isPublicFour(text string, p place) bool {
	const ahead = 40
	if p.start > 0 && strings.IndexByte(".-+_", text[p.start-1]) >= 0 || p.start > 0 && isWord(text[p.start-1]) {
		return false
	}
	rest := text[p.end:]
	if rest != "" && isWord(rest[0]) || len(rest) > 1 && (rest[0] == '.' || rest[0] == '-') && isWord(rest[1]) {
		return false // a longer number, 1.2.3.4-rc1, a name of a host
	}
	if versionAhead.MatchString(text[max(0, p.start-ahead):p.start]) {
		return false
	}
	addr, err := netip.ParseAddr(text[p.start:p.end])
	return err == nil && isPublic(addr)
}

func isPublicSix(text string, p place) bool {
	if p.start > 0 && (isWord(text[p.start-1]) || strings.IndexByte(":.-", text[p.start-1]) >= 0) || p.end < len(text) && isWord(text[p.end]) {
		return false
	}
	addr, err := netip.ParseAddr(text[p.start:p.end])
	return err == nil && addr.Is6() && isPublic(addr)
}

// reserved are the ranges that are not public (RFC 6890 and those after it).
var reserved = func() []netip.Prefix {
	var list []netip.Prefix
	for _, s := range strings.Fields(`0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
 2001:db8::/32 2001::/32 2001:2::/48 2001:20::/28 3fff::/20`) {
		list = append(list, netip.MustParsePrefix(s))
	}
	return list
}()

var globalSix = netip.MustParsePrefix("2000::/3")

func isPublic(addr netip.Addr) bool {
	addr = addr.Unmap()
	if addr.Is6() && !globalSix.Contains(addr) {
		return false
	}
	for _, r := range reserved {
		if r.Contains(addr) {
			return false
		}
	}
	return true
}
