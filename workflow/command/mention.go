package command

import (
	"regexp"
	"strings"
)

// login is what GitHub takes for one: letters and digits with single hyphens between, at most 39 of them; an enterprise
// adds its short code after an underscore, an App's own user ends in [bot].
var login = regexp.MustCompile(`^[A-Za-z0-9]+(-[A-Za-z0-9]+)*(_[A-Za-z0-9]+)?(\[bot\])?$`)

const maxLogin = 39

// parseMention reads @user and gives the login.
func parseMention(word string) (string, *Problem) {
	word = strings.TrimRight(word, ",.;:")
	name, at := strings.CutPrefix(word, "@")
	switch {
	case strings.Contains(name, "/"):
		return "", problem("%s is a team, and a person is needed: someone has to feel it is theirs.", quote(word))
	case !isLogin(name):
		return "", problem("%s is no GitHub login.", quote(word))
	case !at:
		return "", problem("A person is named with an `@`: %s.", quote("@"+name))
	}
	return name, nil
}

func isLogin(s string) bool {
	return len(strings.TrimSuffix(s, "[bot]")) <= maxLogin && login.MatchString(s)
}
