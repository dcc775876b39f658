package sandbox

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// object is a JSON object on its way out.
type object = map[string]any

// world is all that this GitHub knows. It is guarded by Sandbox.mu.
type world struct {
	opts Options
	web  string
	api  string
	dir  string // of the wikis

	ids           map[string]int64
	users         map[string]*user // by folded login
	repos         map[int64]*repo
	names         map[string]*repo // by folded owner/name
	moved         map[string]*repo // by the folded names repositories had
	issues        map[int64]*issue // by id
	comments      map[int64]*comment
	installations map[string]*installation // by folded owner
	tokens        map[string]*token
	rates         map[int64]*rate // by installation; 0 is the App itself
	bot           *user
	born          time.Time
	events        []event // caused by the critical section under way
}

func newWorld(opts Options, base, dir string) *world {
	w := &world{
		opts: opts, web: base, api: base + apiPrefix, dir: dir,
		ids:           map[string]int64{},
		users:         map[string]*user{},
		repos:         map[int64]*repo{},
		names:         map[string]*repo{},
		moved:         map[string]*repo{},
		issues:        map[int64]*issue{},
		comments:      map[int64]*comment{},
		installations: map[string]*installation{},
		tokens:        map[string]*token{},
		rates:         map[int64]*rate{},
	}
	w.born = w.now()
	w.bot = w.addUser(opts.AppSlug+"[bot]", "Bot")
	return w
}

// idBases keep the kinds of ids apart, so that one taken for another is not found;
// issues' and comments' do not fit 32 bits, as on github.com.
var idBases = map[string]int64{
	"user": 58_310_000, "repo": 713_400_000, "issue": 2_914_200_000, "comment": 3_104_500_000,
	"label": 6_420_100_000, "milestone": 10_240_000, "reaction": 241_300_000, "event": 15_620_000_000,
	"installation": 51_870_000, "delivery": 190_240_000_000, "deployment": 2_104_000_000,
}

func (w *world) id(kind string) int64 {
	w.ids[kind]++
	return idBases[kind] + w.ids[kind]
}

// now is the time as GitHub shows times: UTC, whole seconds.
func (w *world) now() time.Time { return w.opts.Clock().UTC().Truncate(time.Second) }

// fold makes names comparable: GitHub's are case-insensitive.
func fold(name string) string { return strings.ToLower(name) }

// nodeID looks like a GraphQL id.
func nodeID(prefix string, id int64) string {
	return prefix + "_" + base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%012d", id))
}

// stamp is a time in JSON; the zero time is null.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}

// orNull is a string in JSON whose absence is null.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
