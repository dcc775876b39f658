package sandbox_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/sideband"
	"github.com/go-git/go-git/v5/plumbing/transport"
	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"
	"github.com/go-git/go-git/v5/storage/memory"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// remote talks to a wiki by go-git's plumbing, as Firebreak does.
type remote struct {
	*kit
	client transport.Transport
	at     *transport.Endpoint
	auth   transport.AuthMethod
	store  *memory.Storage
}

func (k *kit) remote() *remote {
	k.t.Helper()
	at, err := transport.NewEndpoint(k.wikiURL())
	k.must(err)
	return &remote{
		kit: k, at: at, client: githttp.NewClient(&http.Client{Transport: k.wire}), store: memory.NewStorage(),
		auth: &githttp.BasicAuth{Username: "x-access-token", Password: k.token(nil)},
	}
}

// fetch brings objects into the store: commits without their blobs, or one blob.
func (r *remote) fetch(wants plumbing.Hash, partial bool) (head plumbing.Hash, filters bool) {
	r.t.Helper()
	s, err := r.client.NewUploadPackSession(r.at, r.auth)
	r.must(err)
	ad, err := s.AdvertisedReferencesContext(r.ctx())
	r.must(err)
	filters = ad.Capabilities.Supports(capability.Filter)
	q := packp.NewUploadPackRequestFromCapabilities(ad.Capabilities)
	if q.Wants = []plumbing.Hash{wants}; wants.IsZero() {
		q.Wants = []plumbing.Hash{*ad.Head}
	}
	if partial {
		q.Depth = packp.DepthCommits(1)
		r.must(q.Capabilities.Set(capability.Shallow))
		r.must(q.Capabilities.Set(capability.Filter))
		q.Filter = packp.FilterBlobNone()
	}
	pack, err := s.UploadPack(r.ctx(), q)
	r.must(err)
	r.must(packfile.UpdateObjectStorage(r.store, sideband.NewDemuxer(sideband.Sideband64k, pack)))
	return *ad.Head, filters
}

// save puts a raw object into the store.
func (r *remote) save(kind plumbing.ObjectType, raw string) plumbing.Hash {
	r.t.Helper()
	o := r.store.NewEncodedObject()
	o.SetType(kind)
	w, err := o.Writer()
	r.must(err)
	_, err = io.WriteString(w, raw)
	r.must(err)
	h, err := r.store.SetEncodedObject(o)
	r.must(err)
	return h
}

// commit makes a commit whose only file is a page.
func (r *remote) commit(parent plumbing.Hash, page, body string) (plumbing.Hash, []plumbing.Hash) {
	r.t.Helper()
	const who = "firebreak[bot] <bot@example.com> 1795000000 +0000"
	blob := r.save(plumbing.BlobObject, body)
	tree := r.save(plumbing.TreeObject, "100644 "+page+"\x00"+string(blob[:]))
	c := r.save(plumbing.CommitObject, fmt.Sprintf("tree %s\nparent %s\nauthor %s\ncommitter %s\n\nPublish", tree, parent, who, who))
	return c, []plumbing.Hash{blob, tree, c}
}

// push moves master from old to a new commit, if it still is at old.
func (r *remote) push(old, to plumbing.Hash, objects []plumbing.Hash) error {
	r.t.Helper()
	var pack bytes.Buffer
	_, err := packfile.NewEncoder(&pack, r.store, false).Encode(objects, 0)
	r.must(err)
	s, err := r.client.NewReceivePackSession(r.at, r.auth)
	r.must(err)
	ad, err := s.AdvertisedReferencesContext(r.ctx())
	r.must(err)
	q := packp.NewReferenceUpdateRequestFromCapabilities(ad.Capabilities)
	q.Commands = []*packp.Command{{Name: "refs/heads/master", Old: old, New: to}}
	q.Packfile = io.NopCloser(&pack)
	report, err := s.ReceivePack(r.ctx(), q)
	if err != nil {
		return err
	}
	return report.Error()
}

func TestGoGitFetchesInPartAndPushes(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.As("maya").InitWiki(shop))
	r := k.remote()
	head, filters := r.fetch(plumbing.ZeroHash, true)
	if !filters {
		t.Error("no partial clones")
	}
	home := plumbing.ComputeHash(plumbing.BlobObject, []byte("Welcome to the shop wiki!\n"))
	if _, err := r.store.EncodedObject(plumbing.BlobObject, home); err == nil {
		t.Error("blobs came along")
	}
	r.fetch(home, false)
	if _, err := r.store.EncodedObject(plumbing.BlobObject, home); err != nil {
		t.Errorf("blob by its id: %v", err)
	}
	to, objects := r.commit(head, "Incident-1-down.md", "# Down\n")
	k.must(r.push(head, to, objects))
	if got := k.WikiPages(shop); !slices.Equal(got, []string{"Incident-1-down"}) {
		t.Errorf("pages = %v", got)
	}
}

func TestAPushThatCameTooLateIsRejected(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.As("maya").InitWiki(shop))
	r := k.remote()
	head, _ := r.fetch(plumbing.ZeroHash, true)
	k.must(k.As("maya").EditWiki(shop, "Home", "meanwhile", ""))
	to, objects := r.commit(head, "Home.md", "mine")
	if err := r.push(head, to, objects); err == nil {
		t.Error("overwritten")
	}
	if body, _ := k.WikiPage(shop, "Home"); body != "meanwhile" {
		t.Errorf("page = %q", body)
	}
}

func TestServersWithoutPartialClones(t *testing.T) {
	k := newKit(t, sandbox.Options{NoFilter: true})
	k.must(k.As("maya").InitWiki(shop))
	if _, filters := k.remote().fetch(plumbing.ZeroHash, false); filters {
		t.Error("filters all the same")
	}
}

func TestAPushMayBeReported(t *testing.T) {
	for behaviour, c := range map[string]struct {
		opts sandbox.Options
		want []string
	}{
		"but is not": {sandbox.Options{}, nil},
		"if told so": {sandbox.Options{GollumOnPush: true}, []string{"gollum created Incident-1-down"}},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k, h := hooked(t, c.opts)
			k.SetWebhook("")
			k.must(k.As("maya").InitWiki(shop))
			k.SetWebhook(h.URL)
			r := k.remote()
			head, _ := r.fetch(plumbing.ZeroHash, true)
			to, objects := r.commit(head, "Incident-1-down.md", "# Down\n")
			k.must(r.push(head, to, objects))
			if got := k.events(h); !slices.Equal(got, c.want) {
				t.Errorf("events = %v", got)
			}
		})
	}
}

func TestWaitingSeesAPush(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.As("maya").InitWiki(shop))
	r := k.remote()
	head, _ := r.fetch(plumbing.ZeroHash, true)
	to, objects := r.commit(head, "Incident-1-down.md", "# Down\n")
	pushed := make(chan error)
	go func() { pushed <- r.push(head, to, objects) }()
	k.must(k.Wait(k.ctx(), func(v *sandbox.View) bool {
		_, found := v.WikiPage(shop, "Incident-1-down")
		return found
	}))
	if err := <-pushed; err != nil {
		t.Error(err)
	}
}
