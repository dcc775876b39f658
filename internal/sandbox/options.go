package sandbox

import (
	"net/http"
	"time"
)

// Options says what GitHub to start. The zero value is usable.
type Options struct {
	// Addr is the address to listen on. Empty: 127.0.0.1 and a free port.
	Addr string
	// Clock dates everything people see. Nil: time.Now.
	Clock func() time.Time
	// AuthClock judges App JWTs and installation tokens. Nil: time.Now, because
	// ghinstallation signs and refreshes by the system's clock whatever Clock says.
	AuthClock func() time.Time

	// AppID is the App's id. Zero: 4242.
	AppID int64
	// AppSlug names the App; its bot is "<slug>[bot]". Empty: "firebreak".
	AppSlug string
	// WebhookSecret signs webhooks. Empty: they go out unsigned, as GitHub's do.
	WebhookSecret string
	// WebhookURL is where webhooks go. Empty: nowhere, until SetWebhook.
	WebhookURL string
	// WebhookTimeout is how long an answer may take. Zero: GitHub's 10 s.
	WebhookTimeout time.Duration
	// PrivateKeyPEM is the App's RSA key. Empty: one is generated, the
	// same for all sandboxes of the process.
	PrivateKeyPEM []byte
	// Permissions are granted by every installation. Nil: what Firebreak asks for.
	Permissions map[string]string
	// Events are those the App subscribes to. Nil: what Firebreak asks for.
	// Events about the installation itself, and ping, come unsubscribed.
	Events []string

	// SyncWebhooks makes each act of a person return only when the webhooks it
	// caused are answered. The App's own writes never wait.
	SyncWebhooks bool
	// EmptyIssueChanges leaves `changes` empty in issues.edited, as GitHub's own
	// example payloads do.
	EmptyIssueChanges bool
	// GollumOnPush sends gollum also for git pushes, which GitHub may or may not do.
	GollumOnPush bool
	// NoFilter switches off partial clones and fetching blobs by id for wikis.
	NoFilter bool
	// MovedWriteStatus answers writes to a renamed repository. Zero: 301, which
	// HTTP clients follow with a GET; 307 is what they can follow safely.
	MovedWriteStatus int
	// RateLimit is the primary limit in requests per hour. Zero: 5000.
	RateLimit int

	// Dir is where the wikis' git repositories get a directory of their own, which
	// Close removes. Empty: the system's place for temporary files.
	Dir string
	// Pages serves what is neither API nor git: the pages a browser shows.
	// Nil: 404.
	Pages func(*Sandbox) http.Handler
	// Observe sees every API request with its answer, before it is sent. It must
	// not call the Sandbox. Nil: nobody looks.
	Observe func(Exchange)
}

// Exchange is one API request and its answer, as Options.Observe gets them.
type Exchange struct {
	// Request has its body restored; its path starts with /api/v3.
	Request     *http.Request
	RequestBody []byte
	Status      int
	Header      http.Header
	Body        []byte
	// Injected says that a Fault wrote the answer.
	Injected bool
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.AuthClock == nil {
		o.AuthClock = time.Now
	}
	if o.AppID == 0 {
		o.AppID = 4242
	}
	if o.AppSlug == "" {
		o.AppSlug = "firebreak"
	}
	if o.WebhookTimeout == 0 {
		o.WebhookTimeout = 10 * time.Second
	}
	if o.Permissions == nil {
		o.Permissions = defaultPermissions()
	}
	if o.Events == nil {
		o.Events = []string{"issues", "issue_comment", "gollum", "sub_issues", "label", "milestone"}
	}
	if o.MovedWriteStatus == 0 {
		o.MovedWriteStatus = http.StatusMovedPermanently
	}
	if o.RateLimit == 0 {
		o.RateLimit = 5000
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	return o
}

func defaultPermissions() map[string]string {
	return map[string]string{
		"contents":      "write",
		"deployments":   "read",
		"issues":        "write",
		"members":       "read",
		"metadata":      "read",
		"pull_requests": "read",
	}
}
