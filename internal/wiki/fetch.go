package wiki

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/sideband"
	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/storage/memory"
)

// open fetches the newest commit of the wiki with its trees, and with its files
// only where the server cannot leave them out.
func (c *Client) open(ctx context.Context, r Remote) (*snapshot, error) {
	ep, err := r.endpoint()
	if err != nil {
		return nil, err
	}
	up, err := c.git.NewUploadPackSession(ep, r.auth())
	if err != nil {
		return nil, r.explain(ctx, "open wiki", err)
	}
	s := &snapshot{remote: r, max: c.guard.max, up: up, store: memory.NewStorage()}
	adv, err := up.AdvertisedReferencesContext(ctx)
	if errors.Is(err, transport.ErrEmptyRemoteRepository) {
		s.branch = plumbing.Master
		return s, nil
	}
	if err != nil {
		return nil, r.explain(ctx, "open wiki", err)
	}
	s.caps = adv.Capabilities
	if s.branch, s.head, err = liveBranch(adv); err != nil {
		return nil, err
	}
	s.newest = s.head
	if err := s.load(ctx); err != nil {
		return nil, r.explain(ctx, "fetch wiki", err)
	}
	return s, nil
}

// liveBranch is the branch that the remote's HEAD stands on: a wiki shows no
// other. Where HEAD leads nowhere it is master, GitHub's name for it.
func liveBranch(adv *packp.AdvRefs) (plumbing.ReferenceName, plumbing.Hash, error) {
	if adv.Head == nil {
		return plumbing.Master, adv.References[plumbing.Master.String()], nil
	}
	for _, ref := range adv.Capabilities.Get(capability.SymRef) {
		name, ok := strings.CutPrefix(ref, "HEAD:")
		if ok && strings.HasPrefix(name, "refs/heads/") {
			return plumbing.ReferenceName(name), *adv.Head, nil
		}
	}
	return unnamedBranch(adv)
}

// unnamedBranch finds the branch of a HEAD that the server gives as a commit
// only: master if it is there too, else the first by name.
func unnamedBranch(adv *packp.AdvRefs) (plumbing.ReferenceName, plumbing.Hash, error) {
	var names []string
	for name, hash := range adv.References {
		if hash == *adv.Head && strings.HasPrefix(name, "refs/heads/") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "", plumbing.ZeroHash, errors.New("find wiki branch: its HEAD is on none")
	}
	if master := plumbing.Master.String(); slices.Contains(names, master) {
		return plumbing.Master, *adv.Head, nil
	}
	return plumbing.ReferenceName(slices.Min(names)), *adv.Head, nil
}

// load fetches the head commit and takes its root tree apart.
func (s *snapshot) load(ctx context.Context) error {
	if s.head.IsZero() {
		return nil
	}
	err := s.fetch(ctx, s.commitRequest(s.head, true))
	if err != nil {
		return err
	}
	s.whole = !s.caps.Supports(capability.Filter)
	if s.tree, err = s.treeOf(s.head); err != nil {
		return err
	}
	s.files, err = s.list(s.tree)
	return err
}

// fetchFiles fetches files by their ids. A server may leave files out of a fetch
// and yet not hand them out one by one; then the whole newest version is fetched.
func (s *snapshot) fetchFiles(ctx context.Context, blobs ...plumbing.Hash) error {
	err := s.fetch(ctx, s.request(blobs...))
	var f *fault
	if err == nil || s.whole || ctx.Err() != nil || errors.Is(inner(err), ErrTooLarge) || errors.As(inner(err), &f) {
		return err
	}
	if err := s.fetch(ctx, s.commitRequest(s.newest, false)); err != nil {
		return err
	}
	s.whole = true
	return nil
}

// commitRequest asks for a commit without its past, and if bare without its
// files, as far as the server knows how.
func (s *snapshot) commitRequest(commit plumbing.Hash, bare bool) *packp.UploadPackRequest {
	req := s.request(commit)
	if s.caps.Supports(capability.Shallow) {
		mark(req.Capabilities, capability.Shallow)
		req.Depth = packp.DepthCommits(max(s.depth, 1))
	}
	if bare && s.caps.Supports(capability.Filter) {
		mark(req.Capabilities, capability.Filter)
		req.Filter = packp.FilterBlobNone()
	}
	return req
}

func (s *snapshot) request(wants ...plumbing.Hash) *packp.UploadPackRequest {
	req := packp.NewUploadPackRequestFromCapabilities(s.caps)
	req.Wants = wants
	if s.caps.Supports(capability.NoProgress) {
		mark(req.Capabilities, capability.NoProgress)
	}
	return req
}

// mark sets a capability that takes no argument; Set fails only for those that do.
func mark(caps *capability.List, c capability.Capability) { _ = caps.Set(c) }

func (s *snapshot) fetch(ctx context.Context, req *packp.UploadPackRequest) error {
	res, err := s.up.UploadPack(ctx, req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Close() }()
	pack, err := io.ReadAll(demux(req.Capabilities, res))
	if err != nil {
		return fmt.Errorf("receive objects: %w", err)
	}
	return unpack(s.store, pack, s.max)
}

// demux takes the pack out of the stream that it shares with messages.
func demux(caps *capability.List, r io.Reader) io.Reader {
	switch {
	case caps.Supports(capability.Sideband64k):
		return sideband.NewDemuxer(sideband.Sideband64k, r)
	case caps.Supports(capability.Sideband):
		return sideband.NewDemuxer(sideband.Sideband, r)
	}
	return r
}
