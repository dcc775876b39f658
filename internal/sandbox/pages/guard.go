package pages

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
)

// guarded keeps other sites' pages out: their forms, their scripts and names of
// theirs that lead to this machine.
func (s *site) guarded(next http.Handler) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(s.serve(func(*visit) error { return errForeign }))
	checked := foreign.Handler(next)
	return http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		nonce := rand.Text()
		headers(out.Header(), nonce)
		in = in.WithContext(context.WithValue(in.Context(), nonceKey{}, nonce))
		if !s.ownHost(in.Host) {
			s.serve(func(*visit) error { return errHost }).ServeHTTP(out, in)
			return
		}
		checked.ServeHTTP(out, in)
	})
}

// ownHost refuses foreign names for a sandbox on loopback: a page that has its
// own name point here would else be this site to the browser.
func (s *site) ownHost(host string) bool {
	own, err := url.Parse(s.sb.WebURL())
	return err == nil && (!loopback(own.Host) || loopback(host))
}

func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

type nonceKey struct{}

// nonceOf is what a script must bear to run on the page.
func nonceOf(in *http.Request) string {
	nonce, _ := in.Context().Value(nonceKey{}).(string)
	return nonce
}

func headers(h http.Header, nonce string) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-"+nonce+"'; style-src 'self'; img-src data:; "+
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}
