// Package config says what can be set: by the operator, here, and by a
// repository.
package config

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/rs/zerolog"
)

// Server is what the operator sets.
type Server struct {
	AppID         int64
	WebhookSecret string
	PrivateKey    string
	V3URL         string
	V4URL         string
	WebURL        string
	Addr          string
	Database      string
	Retention     time.Duration
	IncidentLabel string
	QuietPeriod   time.Duration
	Zone          *time.Location
	LogLevel      zerolog.Level
}

// Setting is one thing that can be set, by an environment variable of its name.
type Setting struct {
	Name string
	// Default is used when it is not set; empty: there is none.
	Default string
	// Secret settings are never flags, and may be read from the file that the
	// variable of the same name with _FILE names.
	Secret bool
	// Required settings have no default that works.
	Required bool
	// Accepts says what is accepted, Means what it is for.
	Accepts, Means string
	set            func(*Server, string) error
}

// Load reads the settings from a look-up, usually os.LookupEnv. It reports
// everything that is wrong at once, each by name with what is accepted, and
// never a value: it may be a secret.
func Load(lookup func(string) (string, bool)) (Server, error) {
	var s Server
	var problems []error
	lookup, err := withEnvFile(lookup)
	if err != nil {
		return s, err
	}
	for _, setting := range Settings {
		if err := setting.load(&s, lookup); err != nil {
			problems = append(problems, err)
		}
	}
	return s, errors.Join(append(problems, s.oneServer())...)
}

// Database reads from a look-up where incidents are kept, and nothing else: what
// only looks into the database needs no key.
func Database(lookup func(string) (string, bool)) (string, error) {
	var s Server
	lookup, err := withEnvFile(lookup)
	if err != nil {
		return "", err
	}
	for _, setting := range Settings {
		if setting.Name == "FIREBREAK_DATABASE" {
			err = setting.load(&s, lookup)
		}
	}
	return s.Database, err
}

// oneServer says whether API and pages belong to one GitHub: with only some of
// the addresses set, tokens of one server would be sent to another.
func (s Server) oneServer() error {
	if s.V3URL == "" || s.V4URL == "" || s.WebURL == "" {
		return nil // one of them is complained of already
	}
	hosted := 0
	for address, is := range map[string]string{s.V3URL: "api.github.com", s.V4URL: "api.github.com", s.WebURL: "github.com"} {
		if u, err := url.Parse(address); err == nil && u.Host == is {
			hosted++
		}
	}
	if hosted == 0 || hosted == 3 {
		return nil
	}
	return errors.New("GITHUB_V3_API_URL, GITHUB_V4_API_URL and GITHUB_WEB_URL do not belong to one server: set all three for Enterprise Server, none for github.com")
}

func (g Setting) load(s *Server, lookup func(string) (string, bool)) error {
	value, err := g.value(lookup)
	if err != nil {
		return err
	}
	if value == "" {
		if g.Required {
			return fmt.Errorf("%s is not set: %s", g.Name, g.Accepts)
		}
		value = g.Default
	}
	if err := g.set(s, value); err != nil {
		return fmt.Errorf("%s is not accepted: %w; accepted: %s", g.Name, err, g.Accepts)
	}
	return nil
}

// value returns what is set, from the variable or the file beside it.
func (g Setting) value(lookup func(string) (string, bool)) (string, error) {
	value, _ := lookup(g.Name)
	file, named := lookup(g.Name + "_FILE")
	if !g.Secret || !named || file == "" {
		return strings.TrimSpace(value), nil
	}
	if value != "" {
		return "", fmt.Errorf("%s and %s_FILE are both set: set one of them", g.Name, g.Name)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE cannot be read: %w", g.Name, reason(err))
	}
	if value = strings.TrimSpace(string(text)); value == "" {
		return "", fmt.Errorf("%s_FILE names an empty file: %s", g.Name, g.Accepts)
	}
	return value, nil
}

// reason keeps what went wrong with a file, not which file: the operator knows.
func reason(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
