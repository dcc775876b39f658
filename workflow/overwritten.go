package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// GitHub has no conditional write: what a person saves into the checklist between
// Firebreak's read and its write is overwritten. GitHub's delivery of that write
// tells what stood there just before it; the history of writes tells what
// Firebreak had read. Where they differ, somebody was overwritten.

// Write is one edit that Firebreak made of the checklist, or was about to make.
type Write struct {
	// Based and Wrote are hashes of the texts that it read and wrote: see TextHash.
	Based string `json:"based"`
	Wrote string `json:"wrote"`
	// Mends says that it put words of people back.
	Mends bool `json:"mends,omitempty"`
	// Words are those that it left where a person's were (see Rules.Words), and
	// LostAt is when; zero if it is not known to have overwritten anything.
	Words  string    `json:"words,omitempty"`
	LostAt time.Time `json:"lostAt,omitzero"`
	// Told says that the timeline tells of it since the words were not put back.
	Told bool `json:"told,omitempty"`
}

// maxWrites is how many writes are remembered. A burst of changes asks for one
// each quiet period, so that a delivery may be a minute late.
const maxWrites = 16

// TextHash returns the SHA-256 of a comment's text in hex. Line ends and space
// around it do not count: GitHub may change them.
func TextHash(text string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(plainEnds(text))))
	return hex.EncodeToString(sum[:])
}

func plainEnds(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// Words returns a hash of all that is people's in a checklist: two that differ
// only in what Firebreak shows there have the same.
func (r Rules) Words(text string) string {
	return TextHash(checklist.Merge(r.Definition, plainEnds(text), checklist.View{}))
}

// Overwrote says whether an edit of ours replaced a text other than the one that
// it was made from, and that is not known yet. Of an edit that is not remembered
// it cannot be told.
func (c Checklist) Overwrote(from, wrote string) bool {
	n, based := c.write(TextHash(wrote)), TextHash(from)
	same := func(w Write) bool { return w.Wrote == TextHash(wrote) && w.Based == based }
	return n >= 0 && c.Writes[n].LostAt.IsZero() && !slices.ContainsFunc(c.Writes, same)
}

// Write returns the newest write of a text by its hash; zero if there is none.
func (c Checklist) Write(wrote string) Write {
	if n := c.write(wrote); n >= 0 {
		return c.Writes[n]
	}
	return Write{}
}

func (c Checklist) write(wrote string) int {
	for n := len(c.Writes) - 1; n >= 0; n-- {
		if c.Writes[n].Wrote == wrote {
			return n
		}
	}
	return -1
}

// ChecklistWriting says that the checklist is about to be edited. It is recorded
// before, so that GitHub's delivery of the edit, which may come before its answer,
// finds it, and a server killed meanwhile knows of it.
type ChecklistWriting struct {
	Based, Wrote string
	Mends        bool
}

func (e ChecklistWriting) apply(d *decision) {
	c := &d.inc.Checklist
	w := Write{Based: e.Based, Wrote: e.Wrote, Mends: e.Mends}
	if n := len(c.Writes); n > 0 && c.Writes[n-1] == w {
		return // the same again, since GitHub did not answer
	}
	c.Writes = append(c.Writes, w)
	c.Writes = c.Writes[max(0, len(c.Writes)-maxWrites):]
}

// Overwritten says that an edit of ours replaced what a person had just saved.
type Overwritten struct {
	// Wrote and Words are the hash and the words of what stands there instead.
	Wrote, Words string
	// Text is what the person had saved; empty if it is too long to be put back.
	Text string
}

func (e Overwritten) apply(d *decision) {
	n := d.inc.Checklist.write(e.Wrote)
	if n < 0 || !d.inc.Checklist.Writes[n].LostAt.IsZero() {
		return
	}
	w := &d.inc.Checklist.Writes[n]
	w.Words, w.LostAt = e.Words, d.meta.At
	if e.Text == "" || w.Mends {
		// What was put back itself overwrote something: one of both would be lost.
		WordsLost{Wrote: e.Wrote, At: w.LostAt}.apply(d)
		return
	}
	d.want(Effect{Kind: EffectMend, Text: e.Text, Wrote: e.Wrote, Happened: d.meta.At})
}

// WordsLost says that what an edit of ours replaced was not put back: somebody
// has edited the checklist since, and one of both would be lost.
type WordsLost struct {
	Wrote string
	// At is when they were overwritten.
	At time.Time
}

func (e WordsLost) apply(d *decision) {
	c := &d.inc.Checklist
	if n := c.write(e.Wrote); n >= 0 {
		if c.Writes[n].Told {
			return
		}
		c.Writes[n].Told = true
	}
	d.noteAt(e.At, EntryProblem, "words saved into the checklist at this moment were overwritten; they stand in the comment's edit history")
	d.entries[len(d.entries)-1].URL = c.URL
}
