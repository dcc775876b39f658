package config

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // time zones where the system has none

	"github.com/rs/zerolog"
)

// EnvFile names a file of settings, one NAME=value a line. What the environment
// sets itself wins.
const EnvFile = "FIREBREAK_ENV_FILE"

// Settings lists everything that the operator can set. The documentation's
// table is tested against it.
var Settings = []Setting{
	{Name: "GITHUB_APP_INTEGRATION_ID", Required: true, Accepts: "the App's id, a whole number above 0",
		Means: "which App this is", set: setAppID},
	{Name: "GITHUB_APP_WEBHOOK_SECRET", Required: true, Secret: true, Accepts: "the webhook secret, at least 8 characters",
		Means: "what deliveries are signed with", set: setWebhookSecret},
	{Name: "GITHUB_APP_PRIVATE_KEY", Required: true, Secret: true, Accepts: "the App's RSA private key as PEM",
		Means: "what the App proves itself with", set: setPrivateKey},
	{Name: "GITHUB_V3_API_URL", Default: "https://api.github.com/", Accepts: "an http or https URL",
		Means: "GitHub's REST API; of Enterprise Server `https://HOST/api/v3/`", set: setURL(func(s *Server) *string { return &s.V3URL })},
	{Name: "GITHUB_V4_API_URL", Default: "https://api.github.com/graphql", Accepts: "an http or https URL",
		Means: "GitHub's GraphQL API; of Enterprise Server `https://HOST/api/graphql`", set: setURL(func(s *Server) *string { return &s.V4URL })},
	{Name: "GITHUB_WEB_URL", Default: "https://github.com", Accepts: "an http or https URL",
		Means: "GitHub's pages, and the wikis' git", set: setURL(func(s *Server) *string { return &s.WebURL })},
	{Name: "FIREBREAK_ADDR", Default: ":8080", Accepts: "HOST:PORT or :PORT",
		Means: "where webhooks are taken", set: setAddr},
	{Name: "FIREBREAK_DATABASE", Default: "sqlite:firebreak.db", Secret: true, Accepts: "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME",
		Means: "where incidents and deliveries are kept", set: setDatabase},
	{Name: "FIREBREAK_RETENTION", Default: "168h", Accepts: "a duration from 72h to 8760h, such as 168h",
		Means: "how long finished deliveries are kept", set: setRetention},
	{Name: "FIREBREAK_INCIDENT_LABEL", Default: "incident", Accepts: "a label's name, at most 50 characters",
		Means: "the label that makes an issue an incident", set: setLabel},
	{Name: "FIREBREAK_QUIET_PERIOD", Default: "5s", Accepts: "a duration from 0s to 5m, such as 5s",
		Means: "how long after the last tick the checklist is refreshed", set: setQuiet},
	{Name: "FIREBREAK_TIME_ZONE", Default: "UTC", Accepts: "a time zone's name, such as Europe/Berlin",
		Means: "the zone of times written without one, shown beside UTC", set: setZone},
	{Name: "FIREBREAK_LOG_LEVEL", Default: "info", Accepts: "debug, info, warn or error",
		Means: "how much is logged", set: setLogLevel},
}

func setAppID(s *Server, v string) (err error) {
	s.AppID, err = strconv.ParseInt(v, 10, 64)
	if err != nil || s.AppID <= 0 {
		return errors.New("not a whole number above 0")
	}
	return nil
}

func setWebhookSecret(s *Server, v string) error {
	if len(v) < 8 {
		return errors.New("too short to keep forgeries out")
	}
	s.WebhookSecret = v
	return nil
}

// setPrivateKey takes PEM, also with its line ends written as \n, as some
// secret stores hand it out.
func setPrivateKey(s *Server, v string) error {
	v = strings.ReplaceAll(v, `\n`, "\n")
	block, _ := pem.Decode([]byte(v))
	if block == nil {
		return errors.New("no PEM block in it")
	}
	if !isRSAKey(block.Bytes) {
		return errors.New("not an RSA private key")
	}
	s.PrivateKey = v
	return nil
}

// isRSAKey says whether it is a key that App tokens can be signed with; GitHub
// hands out PKCS#1, key stores often turn it into PKCS#8.
func isRSAKey(der []byte) bool {
	if _, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return true
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return false
	}
	_, ok := key.(*rsa.PrivateKey)
	return ok
}

func setURL(field func(*Server) *string) func(*Server, string) error {
	return func(s *Server, v string) error {
		u, err := url.Parse(v)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
			return errors.New("not such a URL, or one with credentials in it")
		}
		*field(s) = v
		return nil
	}
}

func setAddr(s *Server, v string) error {
	_, port, err := net.SplitHostPort(v)
	if err != nil {
		return errors.New("no host and port")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return errors.New("the port is not a number from 0 to 65535")
	}
	s.Addr = v
	return nil
}

func setDatabase(s *Server, v string) error {
	if strings.HasPrefix(v, "postgres://") || strings.HasPrefix(v, "postgresql://") {
		return setPostgres(s, v)
	}
	path, ok := strings.CutPrefix(v, "sqlite:")
	if !ok || path == "" {
		return errors.New("no database of a known kind")
	}
	if strings.HasPrefix(path, ":memory:") {
		return errors.New("deliveries kept in memory are lost")
	}
	s.Database = v
	return nil
}

func setPostgres(s *Server, v string) error {
	if u, err := url.Parse(v); err != nil || u.Host == "" || strings.Trim(u.Path, "/") == "" {
		return errors.New("not a URL with a host and a database's name")
	}
	s.Database = v
	return nil
}

// setRetention keeps deliveries for as long as GitHub may deliver them again:
// three days.
func setRetention(s *Server, v string) (err error) {
	s.Retention, err = time.ParseDuration(v)
	if err != nil || s.Retention < 72*time.Hour || s.Retention > 8760*time.Hour {
		return errors.New("not such a duration")
	}
	return nil
}

// ownLabel are the labels that Firebreak puts on and takes off itself.
var ownLabel = regexp.MustCompile(`(?i)^(incident/.*|incident-follow-up|P[0-3])$`)

func setLabel(s *Server, v string) error {
	if len([]rune(v)) > 50 || strings.ContainsAny(v, ",\n\r") {
		return errors.New("not a label's name")
	}
	if ownLabel.MatchString(v) {
		return errors.New("a label that Firebreak keeps itself")
	}
	s.IncidentLabel = v
	return nil
}

func setQuiet(s *Server, v string) (err error) {
	s.QuietPeriod, err = time.ParseDuration(v)
	if err != nil || s.QuietPeriod < 0 || s.QuietPeriod > 5*time.Minute {
		return errors.New("not such a duration")
	}
	return nil
}

func setZone(s *Server, v string) (err error) {
	if s.Zone, err = time.LoadLocation(v); err != nil || v == "Local" {
		return errors.New("not a known zone")
	}
	return nil
}

var levels = []zerolog.Level{zerolog.DebugLevel, zerolog.InfoLevel, zerolog.WarnLevel, zerolog.ErrorLevel}

func setLogLevel(s *Server, v string) error {
	level, err := zerolog.ParseLevel(strings.ToLower(v))
	if err != nil || !slices.Contains(levels, level) || level.String() != strings.ToLower(v) {
		return errors.New("not such a level")
	}
	s.LogLevel = level
	return nil
}
