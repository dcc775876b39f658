package sandbox

import (
	"encoding/base64"
	"fmt"
)

func repoRoutes() []route {
	return []route{
		on("GET", "/repos/{owner}/{repo}", reads("metadata"), (*call).getRepo),
		on("GET", "/repos/{owner}/{repo}/contents/{path...}", reads("contents"), (*call).getContents),
		on("GET", "/repos/{owner}/{repo}/releases", reads("contents"), emptyList),
		on("GET", "/repos/{owner}/{repo}/commits", reads("contents"), emptyList),
		on("GET", "/repos/{owner}/{repo}/pulls", reads("pull_requests"), emptyList),
	}
}

func (c *call) getRepo() (reply, error) { return ok(c.fullRepoJSON(c.repo)) }

// emptyList is for what a repository of the sandbox never has.
func emptyList(c *call) (reply, error) { return page(c, []object{}) }

// getContents gives a file of the default branch, by the schema content-file.
func (c *call) getContents() (reply, error) {
	path := c.params["path"]
	text, found := c.repo.opts.Files[path]
	if !found {
		return reply{}, errNotFound
	}
	api, html := c.repoAPI(c.repo)+"/contents/"+path, c.repoWeb(c.repo)+"/blob/main/"+path
	sha := fmt.Sprintf("%040x", len(text))
	return ok(object{
		"type": "file", "encoding": "base64", "size": len(text), "name": lastSegment(path), "path": path,
		"content": base64.StdEncoding.EncodeToString([]byte(text)), "sha": sha, "url": api, "html_url": html,
		"git_url": c.repoAPI(c.repo) + "/git/blobs/" + sha, "download_url": nil,
		"_links": object{"self": api, "git": c.repoAPI(c.repo) + "/git/blobs/" + sha, "html": html},
	})
}

func lastSegment(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}
