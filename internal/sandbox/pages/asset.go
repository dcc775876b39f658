package pages

import (
	"embed"
	"net/http"

	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

//go:embed static/pages.css static/pages.js
var staticFiles embed.FS

// asset serves a file that is part of the program.
func asset(name, contentType string) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		body, err := staticFiles.ReadFile("static/" + name)
		if err != nil {
			http.NotFound(out, in)
			return
		}
		out.Header().Set("Content-Type", contentType)
		out.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		_, _ = out.Write(body)
	})
}

// assetPath is an asset's address; it changes with the content.
func assetPath(name string) string { return assetPaths[name] }

var assetPaths = func() map[string]string {
	paths := map[string]string{}
	for _, name := range []string{"pages.css", "pages.js"} {
		body, _ := staticFiles.ReadFile("static/" + name)
		paths[name] = "/-/" + name + "?" + markup.Digest(string(body))
	}
	return paths
}()
