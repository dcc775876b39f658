package effects

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// quietGate passes all that the tests say but one word.
var quietGate = brokenGate{"a word that nobody says"}

// shelved is an incident whose post-mortem is in a wiki that people edit.
type shelved struct {
	*fixture
	// later is how far the clock was put forward.
	later   time.Duration
	comment int64
}

func newShelved(t *testing.T, gate Gate) *shelved {
	t.Helper()
	s := &shelved{fixture: newFixture(t, sandbox.RepoOptions{WikiInitialised: true}, gate), comment: 8}
	s.effects.Clock = func() time.Time { return time.Now().Add(s.later) }
	return s
}

// published has it there already.
func published(t *testing.T) *shelved {
	t.Helper()
	s := newShelved(t, quietGate)
	s.publish()
	return s
}

// publish carries a publish out.
func (s *shelved) publish() {
	s.t.Helper()
	s.must(s.carryOut(workflow.Effect{Kind: workflow.EffectPublish}))
}

// says has jon comment commands.
func (s *shelved) says(text string) {
	s.t.Helper()
	s.comment++
	now := s.effects.Clock()
	cmds := command.Parse(text, command.Options{Now: now})
	s.happens(workflow.Commanded{Comment: s.comment, Commands: cmds, Permission: command.Write})
}

// happens tells the incident of something.
func (s *shelved) happens(ev workflow.Event) {
	s.t.Helper()
	now := s.effects.Clock()
	meta := workflow.Meta{At: now, Now: now, By: workflow.Person{ID: 2, Login: "jon"}}
	s.must(s.effects.Store.Record(s.t.Context(), "", store.Step{Key: s.key, Meta: meta, Event: ev}))
}

// turns has the one follow-up closed, or opened again.
func (s *shelved) turns(closed bool) {
	s.t.Helper()
	f := s.incident().Actions[0].Issue
	at := s.effects.Clock()
	s.happens(workflow.FollowUpChanged{Issue: f.ID, Number: f.Number, URL: f.URL, Closed: closed, ClosedAt: at})
}

// refresh lets the burst of changes end, and brings the page up to date.
func (s *shelved) refresh() {
	s.t.Helper()
	s.later += time.Hour
	s.publish()
}

// git is the directory of the wiki's git.
func (s *shelved) git() string {
	found, err := filepath.Glob(filepath.Join(s.wikis, "sandbox-wikis-*", "*.git"))
	if err != nil || len(found) != 1 {
		s.t.Fatalf("find the wiki: %v in %v", err, found)
	}
	return found[0]
}

// commits makes a person's one commit: lines of git fast-import, such as
// "R a.md b.md", and files with their content, none for those that go.
func (s *shelved) commits(files map[string]string, lines ...string) {
	s.t.Helper()
	var in strings.Builder
	in.WriteString("commit refs/heads/master\ncommitter jon <jon@example.com> 1795435200 +0000\ndata 7\nby hand\nfrom refs/heads/master^0\n")
	for _, line := range lines {
		in.WriteString(line + "\n")
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if files[name] == "" {
			fmt.Fprintf(&in, "D %q\n", name)
			continue
		}
		fmt.Fprintf(&in, "M 100644 inline %q\ndata %d\n%s\n", name, len(files[name]), files[name])
	}
	s.gitHears(in.String(), "fast-import", "--quiet", "--date-format=raw")
}

func (s *shelved) gitSays(args ...string) string {
	s.t.Helper()
	return s.gitHears("", args...)
}

// gitHears runs git in the wiki with an input.
func (s *shelved) gitHears(in string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command("git", append([]string{"--git-dir", s.git()}, args...)...)
	cmd.Env, cmd.Stdin = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null"), strings.NewReader(in)
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("git %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (s *shelved) page(name string) string {
	s.t.Helper()
	text, found := s.WikiPage(shop, name)
	if !found {
		s.t.Fatalf("no page %q among %q", name, s.WikiPages(shop))
	}
	return text
}

// pagesAre checks which pages there are besides Home and the index.
func (s *shelved) pagesAre(want ...string) {
	s.t.Helper()
	got := slices.DeleteFunc(s.WikiPages(shop), func(p string) bool { return p == "Home" || p == IndexPage })
	if !slices.Equal(got, want) {
		s.t.Errorf("pages %q, want %q", got, want)
	}
}

// replied is what the newest answer says.
func (s *shelved) replied() string {
	s.t.Helper()
	for _, e := range slices.Backward(s.asked) {
		if e.Kind == workflow.EffectReply {
			return e.Text
		}
	}
	s.t.Fatal("nobody was answered")
	return ""
}

func tells(t *testing.T, what, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%s does not say %q:\n%s", what, word, text)
		}
	}
}

func lacks(t *testing.T, what, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(text, word) {
			t.Errorf("%s says %q:\n%s", what, word, text)
		}
	}
}
