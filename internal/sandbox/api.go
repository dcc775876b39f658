package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// serveAPI answers one REST request in one critical section.
func (sb *Sandbox) serveAPI(q asked) answer {
	c := &call{sb: sb, asked: q}
	var a answer
	_, err := sb.change(func(w *world) error {
		c.world = w
		a = c.serve()
		return nil
	})
	if err != nil {
		return answer{status: http.StatusServiceUnavailable}
	}
	return a
}

func (c *call) serve() answer {
	out, err := c.run()
	h := http.Header{}
	for name, values := range out.header {
		h[name] = values
	}
	status, body := out.status, out.body
	if status == 0 {
		status = http.StatusOK
	}
	if err != nil {
		refused := refusal(err)
		status, body = refused.Status, refused.json()
		if refused.location != "" {
			h.Set("Location", refused.location)
		}
	}
	return c.finish(status, h, body)
}

// run finds the operation and who asks, and does it.
func (c *call) run() (reply, error) {
	path := c.byID(c.asked.path)
	op, params, known := findRoute(c.asked.Method, path)
	if !known {
		c.sb.unknown(c.asked)
		return reply{}, &Error{Status: http.StatusNotImplemented, Message: "The sandbox does not have " + c.asked.Method + " " + path}
	}
	c.params = params
	if err := c.admit(op.access); err != nil {
		return reply{}, err
	}
	return op.handle(c)
}

// byID turns /repositories/ID/…, where moved repositories redirect to, into the
// address by name.
func (c *call) byID(path string) string {
	rest, ok := strings.CutPrefix(path, "/repositories/")
	if !ok {
		return path
	}
	id, tail, _ := strings.Cut(rest, "/")
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || c.repos[n] == nil {
		return "/repos" + path // which is nobody's
	}
	return strings.TrimSuffix("/repos/"+c.repos[n].fullName()+"/"+tail, "/")
}

// finish makes the answer as GitHub sends it: limits, caching, ETag.
func (c *call) finish(status int, h http.Header, body any) answer {
	a := answer{status: status, header: h, actor: "app"}
	if c.token != nil {
		a.actor, a.installation = c.bot.login, c.token.inst.id
	}
	if status == http.StatusUnauthorized {
		a.actor = ""
	}
	h.Set("X-GitHub-Media-Type", "github.v3; format=json")
	h.Set("X-GitHub-Request-Id", fmt.Sprintf("%04X:%06X", len(c.sb.record.requests), c.ids["event"]))
	h.Set("X-GitHub-Api-Version-Selected", "2022-11-28")
	if body != nil {
		c.fill(&a, body)
	}
	c.rateOf(a.installation).header(h, c.opts.RateLimit)
	return a
}

func (c *call) fill(a *answer, body any) {
	a.header.Set("Content-Type", "application/json; charset=utf-8")
	text, err := json.Marshal(body)
	if err != nil {
		a.status, a.body = http.StatusInternalServerError, []byte(err.Error())
		return
	}
	a.body = text
	if c.asked.Method == http.MethodGet && a.status == http.StatusOK {
		c.revalidate(a)
	}
}

// revalidate tags the answer and spares its body to whom has it already; such an
// answer is not counted against the limit.
func (c *call) revalidate(a *answer) {
	sum := sha256.Sum256(a.body)
	tag := `W/"` + hex.EncodeToString(sum[:]) + `"`
	a.header.Set("ETag", tag)
	a.header.Set("Cache-Control", "private, max-age=60, s-maxage=60")
	a.header.Set("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding")
	if c.asked.Header.Get("If-None-Match") != tag {
		return
	}
	a.status, a.body = http.StatusNotModified, nil
	a.header.Del("Content-Type")
	c.rateOf(a.installation).used--
}

// admit checks who asks, and the repository asked about.
func (c *call) admit(need access) error {
	kind, secret, _ := strings.Cut(c.asked.Header.Get("Authorization"), " ")
	if kind == "" {
		return errNoAuth
	}
	if !strings.EqualFold(kind, "Bearer") && !strings.EqualFold(kind, "token") {
		return errCredentials
	}
	if need.app {
		if err := c.sb.checkJWT(secret); err != nil {
			return err
		}
		return c.spend(0)
	}
	var err error
	if c.token, err = c.world.token(secret); err != nil {
		if c.sb.checkJWT(secret) == nil && errors.Is(err, errCredentials) {
			return errPermission // a JWT where a token is wanted
		}
		return err
	}
	if err := c.spend(c.token.inst.id); err != nil {
		return err
	}
	return c.reach(need)
}

func (c *call) spend(installation int64) error {
	if c.count(installation).used > c.opts.RateLimit {
		return errRate
	}
	return nil
}
