package sandbox

// InitWiki makes a wiki's first page, Home: what nobody can do but by hand.
func (p *Person) InitWiki(repoName string) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error {
		if err := w.mayEditWiki(a.user, r); err != nil {
			return err
		}
		return w.firstPage(r, a.user)
	})
}

// EditWiki makes or replaces a page; an uninitialised wiki is initialised by it.
func (p *Person) EditWiki(repoName, page, body, message string) error {
	return p.changeWiki(repoName, wikiEdit{page: page, body: &body, message: message})
}

// DeleteWikiPage deletes a page, of which GitHub sends no webhook.
func (p *Person) DeleteWikiPage(repoName, page string) error {
	return p.changeWiki(repoName, wikiEdit{page: page, message: "Destroyed " + page})
}

func (p *Person) changeWiki(repoName string, e wikiEdit) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error {
		if err := w.mayEditWiki(a.user, r); err != nil {
			return err
		}
		return w.editWiki(a.user, r, e)
	})
}

// RenameWikiPage gives a page another name and text in one edit, as the form on the
// web does.
func (p *Person) RenameWikiPage(repoName, page, name, body string) error {
	return p.changeWiki(repoName, wikiEdit{page: page, name: name, body: &body, message: "Updated " + name})
}
