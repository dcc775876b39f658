package sandbox

import (
	"net/url"
	"strings"
)

// route is one operation of the API.
type route struct {
	method  string
	pattern []string // segments; {name} takes one, {name...} the rest
	access  access
	handle  func(*call) (reply, error)
}

// access is what an operation asks of who calls it.
type access struct {
	app        bool   // an App JWT
	permission string // else a token; with this permission, if any
	write      bool
}

var (
	asApp    = access{app: true}
	anyToken = access{}
)

func reads(permission string) access  { return access{permission: permission} }
func writes(permission string) access { return access{permission: permission, write: true} }

func on(method, path string, a access, handle func(*call) (reply, error)) route {
	return route{method: method, pattern: strings.Split(path, "/"), access: a, handle: handle}
}

// routes are all operations; the first that matches is taken.
var routes = concat(
	appRoutes(), deliveryRoutes(), userRoutes(), repoRoutes(), deploymentRoutes(), labelRoutes(), milestoneRoutes(),
	commentRoutes(), reactionRoutes(), subIssueRoutes(), issueLabelRoutes(), assigneeRoutes(), historyRoutes(),
	issueRoutes(), searchRoutes(),
)

// Operations lists what the API can do, each as "METHOD /path/{parameter}", the
// way GitHub's API description writes it.
func Operations() []string {
	list := make([]string, 0, len(routes))
	for _, r := range routes {
		list = append(list, r.method+" "+strings.ReplaceAll(strings.Join(r.pattern, "/"), "...}", "}"))
	}
	return list
}

func concat(groups ...[]route) (all []route) {
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}

// findRoute gives the operation and what its path says, unescaped.
func findRoute(method, path string) (route, map[string]string, bool) {
	have := strings.Split(path, "/")
	for _, candidate := range routes {
		if candidate.method != method {
			continue
		}
		if params, ok := candidate.match(have); ok {
			return candidate, params, true
		}
	}
	return route{}, nil, false
}

func (r route) match(have []string) (map[string]string, bool) {
	params := map[string]string{}
	for i, segment := range r.pattern {
		name, variable := strings.CutPrefix(segment, "{")
		name = strings.TrimSuffix(name, "}")
		switch rest, isRest := strings.CutSuffix(name, "..."); {
		case i >= len(have):
			return nil, false
		case variable && isRest:
			return params, take(params, rest, strings.Join(have[i:], "/"))
		case variable:
			if !take(params, name, have[i]) {
				return nil, false
			}
		case segment != have[i]:
			return nil, false
		}
	}
	return params, len(have) == len(r.pattern)
}

func take(params map[string]string, name, escaped string) bool {
	value, err := url.PathUnescape(escaped)
	params[name] = value
	return err == nil && value != ""
}
