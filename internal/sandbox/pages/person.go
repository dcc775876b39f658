package pages

import (
	"net/http"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// asCookie names the person who acts. It proves nothing, and need not: whoever
// reaches a sandbox may act as anybody in it.
const asCookie = "as"

// person is who acts: whom the cookie names, else the first who may write
// somewhere, else anybody.
func (s *site) person(in *http.Request) string {
	people := s.sb.Users()
	if c, err := in.Cookie(asCookie); err == nil && slices.Contains(people, c.Value) {
		return c.Value
	}
	for _, login := range people {
		for _, repo := range s.sb.Repos() {
			if reaches(s.sb.Role(repo, login), sandbox.RoleWrite) {
				return login
			}
		}
	}
	if len(people) > 0 {
		return people[0]
	}
	return ""
}

// actAs changes who acts, and goes back to where that was asked for.
func actAs(v *visit) error {
	login := v.field("as")
	if !slices.Contains(v.sb.Users(), login) {
		return &sandbox.Error{Status: http.StatusUnprocessableEntity, Message: "There is nobody of that name."}
	}
	http.SetCookie(v.out, &http.Cookie{Name: asCookie, Value: login, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	back := v.field("back")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, `\`) {
		back = "/"
	}
	return v.redirect(back)
}
