package sandbox

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"time"
)

// tokenLife is how long an installation token works.
const tokenLife = time.Hour

// token is an installation access token.
type token struct {
	text    string
	inst    *installation
	repos   []int64 // nil: all that the installation covers
	perms   map[string]string
	expires time.Time
}

// newToken mints a token in the form that github.com uses since 2026: the App's
// id, then what looks like a JWT, some 520 characters in all.
func (w *world) newToken(inst *installation, repos []int64, perms map[string]string) *token {
	t := &token{inst: inst, repos: repos, perms: perms, expires: w.opts.AuthClock().UTC().Truncate(time.Second).Add(tokenLife)}
	t.text = fmt.Sprintf("ghs_%d_%s.%s.%s", w.opts.AppID, noise(27), noise(180), noise(170))
	w.tokens[t.text] = t
	return t
}

func noise(bytes int) string {
	raw := make([]byte, bytes)
	_, _ = rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// token finds a valid token by its text.
func (w *world) token(text string) (*token, error) {
	t := w.tokens[text]
	switch {
	case t == nil || !w.opts.AuthClock().Before(t.expires):
		return nil, errCredentials
	case t.inst.suspended:
		return nil, &Error{Status: 403, Message: "This installation has been suspended"}
	}
	return t, nil
}

// ExpireTokens makes every installation token issued so far invalid at once.
func (sb *Sandbox) ExpireTokens() {
	sb.look(func(w *world) { clear(w.tokens) })
}

// covers says whether the token reaches a repository at all.
func (t *token) covers(w *world, r *repo) bool {
	return w.installationOf(r) == t.inst && (t.repos == nil || slices.Contains(t.repos, r.id))
}

// allows says whether the token has a permission.
func (t *token) allows(permission string, write bool) bool {
	level := t.perms[permission]
	return level == "write" || level == "read" && !write
}

// narrow checks what a token is asked to be against what the installation grants.
func (w *world) narrow(inst *installation, ids []int64, names []string, wanted map[string]string) ([]int64, map[string]string, error) {
	if len(ids)+len(names) > 500 {
		return nil, nil, &Error{Status: 422, Message: "Too many repositories for installation"}
	}
	ids = slices.Clone(ids)
	for _, name := range names {
		r := w.names[fold(inst.account.login+"/"+name)]
		if r == nil {
			return nil, nil, errOutside
		}
		ids = append(ids, r.id)
	}
	for _, id := range ids {
		if r := w.repos[id]; r == nil || w.installationOf(r) != inst {
			return nil, nil, errOutside
		}
	}
	if wanted == nil {
		return ids, maps.Clone(w.opts.Permissions), nil
	}
	granted := &token{perms: w.opts.Permissions}
	for permission, level := range wanted {
		if !granted.allows(permission, level == "write") || level != "read" && level != "write" {
			return nil, nil, &Error{Status: 422, Message: "The permissions requested are not granted to this installation."}
		}
	}
	perms := maps.Clone(wanted)
	perms["metadata"] = "read"
	return ids, perms, nil
}

var errOutside = &Error{Status: 422, Message: "There is at least one repository that does not exist or is not accessible to the parent installation."}

// tokenJSON is the schema installation-token.
func (w *world) tokenJSON(t *token) object {
	body := object{
		"token": t.text, "expires_at": stamp(t.expires), "permissions": t.perms, "repository_selection": "selected",
	}
	if t.repos != nil {
		list := []object{}
		for _, id := range t.repos {
			list = append(list, w.repoJSON(w.repos[id]))
		}
		body["repositories"] = list
	}
	return body
}
