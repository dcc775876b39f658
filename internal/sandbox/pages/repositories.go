package pages

import (
	"net/http"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// repository is one as the list shows it.
type repository struct {
	Name  string
	Role  sandbox.Role
	Open  int
	Pages int
}

func repositories(v *visit) error {
	var list []repository
	v.sb.View(func(w *sandbox.View) {
		for _, name := range w.Repos() {
			if r := (repository{Name: name, Role: w.Role(name, v.me)}); reaches(r.Role, sandbox.RoleRead) {
				for _, i := range w.Issues(name) {
					if i.State == "open" && !i.Pull {
						r.Open++
					}
				}
				r.Pages = len(w.WikiPages(name))
				list = append(list, r)
			}
		}
	})
	return v.show(http.StatusOK, "repositories.html", frame{Title: "Repositories", Page: list})
}
