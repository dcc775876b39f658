package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

type found struct {
	Path       string
	Parameters map[string]string
}

// ofShop are the parameters of a repository and those given, as name and value.
func ofShop(more ...string) map[string]string {
	parameters := map[string]string{"owner": "acme", "repo": "shop"}
	for i := 0; i < len(more); i += 2 {
		parameters[more[i]] = more[i+1]
	}
	return parameters
}

var paths = map[string]struct {
	path string
	want found
}{
	"root":      {"/", found{"/", map[string]string{}}},
	"no params": {"/app", found{"/app", map[string]string{}}},
	"a word before a parameter": {
		"/repos/acme/shop/issues/comments/7",
		found{"/repos/{owner}/{repo}/issues/comments/{comment_id}", ofShop("comment_id", "7")},
	},
	"a parameter before a word": {
		"/repos/acme/shop/issues/7/comments",
		found{"/repos/{owner}/{repo}/issues/{issue_number}/comments", ofShop("issue_number", "7")},
	},
	"escaped slash": {
		"/repos/acme/shop/labels/incident%2Fdone",
		found{"/repos/{owner}/{repo}/labels/{name}", ofShop("name", "incident/done")},
	},
	"path of a file": {
		"/repos/acme/shop/contents/.github/firebreak.yml",
		found{"/repos/{owner}/{repo}/contents/{path}", ofShop("path", ".github/firebreak.yml")},
	},
	"branch with a slash, and more behind it": {
		"/repos/acme/shop/commits/fix/it/status",
		found{"/repos/{owner}/{repo}/commits/{ref}/status", ofShop("ref", "fix/it")},
	},
	"two commits in one segment": {
		"/repos/acme/shop/compare/v1...v2",
		found{"/repos/{owner}/{repo}/compare/{basehead}", ofShop("basehead", "v1...v2")},
	},
	"too long":        {"/repos/acme/shop/issues/7/comments/8/x", found{}},
	"too short":       {"/repos/acme", found{}},
	"empty parameter": {"/repos//shop", found{}},
	"broken escape":   {"/repos/acme/shop/labels/%zz", found{}},
}

func TestPathsFindTheirTemplate(t *testing.T) {
	for name, c := range paths {
		t.Run(name, func(t *testing.T) {
			template, parameters, _ := loaded(t).router.find("GET", c.path)
			if diff := cmp.Diff(c.want, found{template.path, parameters}); diff != "" {
				t.Errorf("find %s (-want +got):\n%s", c.path, diff)
			}
		})
	}
}
