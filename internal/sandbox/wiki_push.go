package sandbox

// wikiHead is what a push starts from.
func (sb *Sandbox) wikiHead(r *repo, wanted bool) string {
	if !wanted {
		return ""
	}
	return r.wiki.head()
}

// pushed wakes who waits for the wiki and, where it is switched on, reports the
// pages that a push changed.
func (sb *Sandbox) pushed(r *repo, before string) {
	_, _ = sb.change(func(w *world) error {
		after := r.wiki.head()
		if !w.opts.GollumOnPush || after == before {
			return nil
		}
		pages, err := w.changedPages(r, before, after)
		if len(pages) > 0 {
			w.tellWiki(w.bot, r, pages)
		}
		return err
	})
}

func (w *world) changedPages(r *repo, before, after string) ([]object, error) {
	old, err := r.wiki.files(before)
	if err != nil {
		return nil, err
	}
	now, err := r.wiki.files(after)
	if err != nil {
		return nil, err
	}
	blobs := map[string]string{}
	for _, f := range old {
		blobs[f.path] = f.blob
	}
	var pages []object
	for _, f := range now {
		if !f.isPage() || blobs[f.path] == f.blob {
			continue
		}
		action := "edited"
		if blobs[f.path] == "" {
			action = "created"
		}
		pages = append(pages, w.pageJSON(r, f.page(), action, after))
	}
	return pages, nil
}
