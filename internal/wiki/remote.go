package wiki

import (
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/transport"
	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"
)

// tokenUser is the user name under which GitHub takes an installation token
// over HTTPS.
const tokenUser = "x-access-token"

// Remote says where a wiki is and how to get in.
type Remote struct {
	// URL is https://host/owner/repository.wiki.git, without credentials.
	URL string
	// Token is sent as the password of Basic authentication, to URL's host
	// alone. Empty means anonymous.
	Token string
}

// GitURL is the address of the git of a repository's wiki, below GitHub's pages.
func GitURL(web, owner, repository string) string {
	return strings.TrimRight(web, "/") + "/" + url.PathEscape(owner) + "/" + url.PathEscape(repository) + ".wiki.git"
}

// String gives the URL without the token, so that a Remote may be printed.
func (r Remote) String() string {
	u, err := url.Parse(r.URL)
	if err != nil {
		return "(unreadable wiki URL)"
	}
	u.User = nil
	return u.String()
}

// GoString keeps the token out of %#v.
func (r Remote) GoString() string { return "wiki.Remote{" + r.String() + "}" }

// endpoint checks the URL. Its errors do not quote the URL: one with
// credentials in it is among what is refused.
func (r Remote) endpoint() (*transport.Endpoint, error) {
	u, err := url.Parse(r.URL)
	switch {
	case err != nil:
		return nil, errors.New("read wiki URL: not a URL")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("read wiki URL: scheme is neither https nor http")
	case u.Host == "":
		return nil, errors.New("read wiki URL: no host")
	case u.User != nil:
		return nil, errors.New("read wiki URL: credentials do not belong in it")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("read wiki URL: it has a query or fragment")
	}
	ep, err := transport.NewEndpoint(r.URL)
	if err != nil {
		return nil, errors.New("read wiki URL: not a git endpoint")
	}
	return ep, nil
}

// auth is nil for an anonymous remote: a nil *BasicAuth in the interface would
// still be asked.
func (r Remote) auth() transport.AuthMethod {
	if r.Token == "" {
		return nil
	}
	return &githttp.BasicAuth{Username: tokenUser, Password: r.Token}
}

// scrub takes the token out of text, also as it looks in a header, should a
// server or proxy send it back.
func (r Remote) scrub(text string) string {
	if r.Token == "" {
		return text
	}
	basic := base64.StdEncoding.EncodeToString([]byte(tokenUser + ":" + r.Token))
	return strings.NewReplacer(r.Token, "[token]", basic, "[token]").Replace(text)
}
