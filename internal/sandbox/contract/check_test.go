package contract

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const jsonType = "application/json; charset=utf-8"

// creation is an exchange that GitHub could have had: an issue is created.
func creation(t *testing.T) Exchange {
	return Exchange{
		Method:         http.MethodPost,
		Path:           "/repos/acme/shop/issues",
		RequestHeader:  http.Header{"Content-Type": {"application/json"}},
		RequestBody:    []byte(`{"title":"Checkout is down","labels":["incident",{"name":"P1"}],"milestone":null}`),
		Status:         http.StatusCreated,
		ResponseHeader: http.Header{"Content-Type": {jsonType}},
		ResponseBody:   encode(t, example(t, "issue")),
	}
}

// reading is an exchange in which issues are listed.
func reading(t *testing.T) Exchange {
	return Exchange{
		Method:         http.MethodGet,
		Path:           "/repos/acme/shop/issues",
		Query:          url.Values{"state": {"all"}, "labels": {"incident"}, "per_page": {"100"}},
		Status:         http.StatusOK,
		ResponseHeader: http.Header{"Content-Type": {jsonType}},
		ResponseBody:   encode(t, []any{example(t, "issue")}),
	}
}

func plainError(e *Exchange, status int) {
	e.Status = status
	e.ResponseBody = []byte(`{"message":"No","documentation_url":"https://docs.github.com/rest","status":"` +
		strconv.Itoa(status) + `"}`)
}

var fitting = map[string]func(t *testing.T) Exchange{
	"an issue is created": creation,
	"issues are listed":   reading,
	"a label with a slash is removed": func(t *testing.T) Exchange {
		e := reading(t)
		e.Method, e.Path, e.Query = http.MethodDelete, "/repos/acme/shop/issues/7/labels/incident%2Ftriage", nil
		e.ResponseBody = []byte(`[]`)
		return e
	},
	"a body that does not fit is refused": func(t *testing.T) Exchange {
		e := creation(t)
		e.RequestBody = []byte(`{"body":"no title"}`)
		e.Status = http.StatusUnprocessableEntity
		e.ResponseBody = []byte(`{"message":"Validation Failed","documentation_url":"https://docs.github.com/rest",
			"errors":[{"resource":"Issue","code":"missing_field","field":"title"}]}`)
		return e
	},
	"a missing body is refused": func(t *testing.T) Exchange {
		e := creation(t)
		e.RequestBody = nil
		plainError(&e, http.StatusBadRequest)
		return e
	},
	"a write that lists no 404 finds nothing": func(t *testing.T) Exchange {
		e := creation(t)
		e.Method, e.Path, e.RequestBody = http.MethodPatch, "/repos/acme/shop/issues/comments/9", []byte(`{"body":"x"}`)
		plainError(&e, http.StatusNotFound)
		return e
	},
	"a check that describes no error body finds nothing": func(t *testing.T) Exchange {
		e := reading(t)
		e.Path, e.Query = "/repos/acme/shop/collaborators/ada", nil
		plainError(&e, http.StatusNotFound)
		return e
	},
	"a rate limit is exceeded": func(t *testing.T) Exchange {
		e := reading(t)
		plainError(&e, http.StatusTooManyRequests)
		return e
	},
	"a front end answers in HTML": func(t *testing.T) Exchange {
		e := reading(t)
		e.Status, e.ResponseBody = http.StatusBadGateway, []byte("<h1>Unicorn!</h1>")
		e.ResponseHeader = http.Header{"Content-Type": {"text/html"}}
		return e
	},
	"nothing has changed since": func(t *testing.T) Exchange {
		e := reading(t)
		e.RequestHeader = http.Header{"If-None-Match": {`"abc"`}}
		e.Status, e.ResponseBody, e.ResponseHeader = http.StatusNotModified, nil, nil
		return e
	},
	"a repository has moved": func(t *testing.T) Exchange {
		e := creation(t)
		plainError(&e, http.StatusTemporaryRedirect)
		e.ResponseHeader.Set("Location", "https://api.github.com/repositories/1/issues")
		return e
	},
	"a repository is addressed by id": func(t *testing.T) Exchange {
		e := creation(t)
		e.Path = "/repositories/1/issues"
		return e
	},
	"an assignee is looked up": func(t *testing.T) Exchange {
		return Exchange{Method: http.MethodGet, Path: "/repos/acme/shop/assignees/ada", Status: http.StatusNoContent}
	},
	"the connection is dropped": func(t *testing.T) Exchange {
		e := creation(t)
		e.Status, e.ResponseHeader, e.ResponseBody = 0, nil, nil
		return e
	},
}

func TestExchangesThatFitPass(t *testing.T) {
	for name, exchange := range fitting {
		t.Run(name, func(t *testing.T) {
			if err := loaded(t).Check(exchange(t)); err != nil {
				t.Errorf("Check: %v", err)
			}
		})
	}
}

func expectViolation(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("Check passed, want %s", want)
	}
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("violations (-want +got):\n%s", diff)
	}
}
