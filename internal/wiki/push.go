package wiki

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp"
	"github.com/go-git/go-git/v5/plumbing/transport"
)

// rejected means that the branch is no longer where the push expected it.
type rejected struct{ reason string }

func (r *rejected) Error() string { return "push wiki: " + r.reason }

// unanswered means that a push was sent and its outcome is not known.
type unanswered struct{ err error }

func (u *unanswered) Error() string { return u.err.Error() }
func (u *unanswered) Unwrap() error { return u.err }

// push moves the branch from the snapshot's head to the draft, unless somebody
// has moved it since. It never forces: the server compares the old commit named
// here with its own.
func (c *Client) push(ctx context.Context, s *snapshot, d *draft) error {
	ep, err := s.remote.endpoint()
	if err != nil {
		return err
	}
	session, err := c.git.NewReceivePackSession(ep, s.remote.auth())
	if err != nil {
		return s.remote.explain(ctx, "push wiki", err)
	}
	adv, err := session.AdvertisedReferencesContext(ctx)
	if errors.Is(err, transport.ErrEmptyRemoteRepository) {
		adv, err = packp.NewAdvRefs(), nil
	}
	if err != nil {
		return s.remote.explain(ctx, "push wiki", err)
	}
	if adv.References[s.branch.String()] != s.head {
		return &rejected{reason: "somebody else has pushed"}
	}
	req, err := s.pushRequest(adv, d)
	if err != nil {
		return err
	}
	report, err := session.ReceivePack(ctx, req)
	return s.remote.outcome(ctx, report, err)
}

func (s *snapshot) pushRequest(adv *packp.AdvRefs, d *draft) (*packp.ReferenceUpdateRequest, error) {
	var pack bytes.Buffer
	if _, err := packfile.NewEncoder(&pack, s.store, false).Encode(d.objects, 0); err != nil {
		return nil, fmt.Errorf("pack objects: %w", err)
	}
	req := packp.NewReferenceUpdateRequestFromCapabilities(adv.Capabilities)
	req.Commands = []*packp.Command{{Name: s.branch, Old: s.head, New: d.hash}}
	req.Packfile = io.NopCloser(&pack)
	return req, nil
}

// outcome reads the answer to a push.
func (r Remote) outcome(ctx context.Context, report *packp.ReportStatus, err error) error {
	switch {
	case report == nil && err == nil:
		return &unanswered{err: &Temporary{Err: errors.New("push wiki: no answer")}}
	case report == nil:
		err = r.explain(ctx, "push wiki", err)
		if _, passing := errors.AsType[*Temporary](err); passing {
			return &unanswered{err: err}
		}
		return err
	case report.UnpackStatus != "ok":
		text := "push wiki: not taken: " + r.quote(report.UnpackStatus)
		return &Temporary{Err: errors.New(text)}
	}
	return r.verdict(report)
}

// verdict reads what became of the branch. A refusal by a rule is final; any
// other is taken for a lost race, since servers word that differently: "failed
// to update ref", "fetch first", "stale info", "cannot lock".
func (r Remote) verdict(report *packp.ReportStatus) error {
	for _, status := range report.CommandStatuses {
		if status.Error() == nil {
			continue
		}
		reason := r.quote(status.Status)
		if saysForbidden(reason) {
			return fmt.Errorf("push wiki: %w: %s", ErrDenied, reason)
		}
		return &rejected{reason: reason}
	}
	return nil
}

func saysForbidden(reason string) bool {
	reason = strings.ToLower(reason)
	for _, sign := range []string{"hook declined", "protected", "denied", "prohibited", "not allowed", "read-only"} {
		if strings.Contains(reason, sign) {
			return true
		}
	}
	return false
}
