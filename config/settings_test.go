package config

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
)

// value is what a setting is set to, and what it shows as afterwards; of those
// that are refused, a part of the reason.
type value struct{ text, want string }

var cases = map[string]struct {
	get       func(Server) any
	standard  string
	good, bad []value
}{
	"GITHUB_APP_INTEGRATION_ID": {
		get:  func(s Server) any { return s.AppID },
		good: []value{{"1", "1"}, {" 4242\n", "4242"}, {"9223372036854775807", "9223372036854775807"}},
		bad: []value{
			{"0", "above 0"}, {"-7", "above 0"}, {"12a", "whole number"}, {"1.5", "whole number"}, {"0x10", "whole number"},
			{"Iv23liAbCdEf", "whole number"}, {"9223372036854775808", "whole number"},
		},
	},
	"GITHUB_APP_WEBHOOK_SECRET": {
		get:  func(s Server) any { return s.WebhookSecret },
		good: []value{{"8 chars!", "8 chars!"}, {"ends with a line\n", "ends with a line"}},
		bad:  []value{{"hunter2", "at least 8 characters"}},
	},
	"GITHUB_APP_PRIVATE_KEY": {
		get: func(s Server) any { return s.PrivateKey },
		good: []value{
			{keys().pkcs1, keys().pkcs1}, {keys().pkcs8 + "\n", keys().pkcs8},
			{strings.ReplaceAll(keys().pkcs1, "\n", `\n`), keys().pkcs1},
		},
		bad: []value{
			{"not a key at all", "no PEM"}, {block("RSA PRIVATE KEY", []byte("garbage")), "not an RSA private key"},
			{keys().ec, "not an RSA private key"}, {strings.ReplaceAll(keys().pkcs1, "\n", " "), "no PEM"},
			{block("CERTIFICATE", []byte("garbage")), "not an RSA private key"},
		},
	},
	"GITHUB_V3_API_URL": urls(func(s Server) any { return s.V3URL }, "https://api.github.com/"),
	"GITHUB_V4_API_URL": urls(func(s Server) any { return s.V4URL }, "https://api.github.com/graphql"),
	"GITHUB_WEB_URL":    urls(func(s Server) any { return s.WebURL }, "https://github.com"),
	"FIREBREAK_ADDR": {
		get: func(s Server) any { return s.Addr }, standard: ":8080",
		good: []value{{":0", ":0"}, {"127.0.0.1:65535", "127.0.0.1:65535"}, {"[::1]:8080", "[::1]:8080"}},
		bad: []value{
			{"8080", "no host and port"}, {"host", "no host and port"}, {"::1:8080", "no host and port"},
			{":65536", "0 to 65535"}, {":-1", "0 to 65535"}, {":http", "0 to 65535"}, {":", "0 to 65535"},
		},
	},
	"FIREBREAK_DATABASE": {
		get: func(s Server) any { return s.Database }, standard: "sqlite:firebreak.db",
		good: []value{{"sqlite:/var/lib/firebreak/db", "sqlite:/var/lib/firebreak/db"}, {"sqlite:a b?c#d%20.db", "sqlite:a b?c#d%20.db"},
			{"postgres://me:hunter2@db/firebreak?sslmode=require", "postgres://me:hunter2@db/firebreak?sslmode=require"}, {"postgresql://[::1]:5432/x", "postgresql://[::1]:5432/x"}},
		bad: []value{
			{"postgres://", "host"}, {"postgres://db", "host"}, {"postgresql:///x", "host"}, {"postgres://me:%zz@db/x", "host"},
			{"firebreak.db", "known kind"}, {"sqlite:", "known kind"}, {"mysql://host/db", "known kind"}, {"sqlite::memory:", "lost"},
		},
	},
	"FIREBREAK_RETENTION": {
		get: func(s Server) any { return s.Retention }, standard: "168h",
		good: []value{{"72h", "72h0m0s"}, {"8760h", "8760h0m0s"}},
		bad:  []value{{"7", "duration"}, {"71h59m", "duration"}, {"8761h", "duration"}, {"-168h", "duration"}, {"a week", "duration"}},
	},
	"FIREBREAK_INCIDENT_LABEL": {
		get: func(s Server) any { return s.IncidentLabel }, standard: "incident",
		good: []value{{"sev", "sev"}, {"type: incident", "type: incident"}, {strings.Repeat("ü", 50), strings.Repeat("ü", 50)}},
		bad: []value{
			{strings.Repeat("x", 51), "label's name"}, {"a,b", "label's name"}, {"a\nb", "label's name"},
			{"incident/triage", "keeps itself"}, {"Incident/Done", "keeps itself"}, {"incident-follow-up", "keeps itself"}, {"p2", "keeps itself"},
		},
	},
	"FIREBREAK_QUIET_PERIOD": {
		get: func(s Server) any { return s.QuietPeriod }, standard: "5s",
		good: []value{{"0s", "0s"}, {"5m", "5m0s"}, {"250ms", "250ms"}},
		bad:  []value{{"5", "duration"}, {"-1s", "duration"}, {"5m1s", "duration"}, {"soon", "duration"}},
	},
	"FIREBREAK_TIME_ZONE": {
		get: func(s Server) any { return s.Zone }, standard: "UTC",
		good: []value{{"Europe/Berlin", "Europe/Berlin"}, {"UTC", "UTC"}},
		bad:  []value{{"Berlin", "known zone"}, {"Local", "known zone"}, {"../../etc/passwd", "known zone"}, {"/etc/localtime", "known zone"}},
	},
	"FIREBREAK_LOG_LEVEL": {
		get: func(s Server) any { return s.LogLevel }, standard: "info",
		good: []value{{"debug", "debug"}, {"WARN", "warn"}, {"error", "error"}},
		bad:  []value{{"trace", "debug, info"}, {"fatal", "debug, info"}, {"disabled", "debug, info"}, {"2", "debug, info"}, {"loud", "debug, info"}},
	},
}

func urls(get func(Server) any, standard string) (c struct {
	get       func(Server) any
	standard  string
	good, bad []value
}) {
	c.get, c.standard = get, standard
	c.good = []value{{"https://ghe.example.com/api/v3/", "https://ghe.example.com/api/v3/"}, {"http://127.0.0.1:4000", "http://127.0.0.1:4000"}}
	c.bad = []value{
		{"github.com", "http or https"}, {"ftp://github.com", "http or https"}, {"https://", "http or https"},
		{"https://me:hunter2hunter2@github.com", "credentials"}, {"https://github.com:port", "http or https"}, {"file:///etc/passwd", "http or https"},
	}
	return c
}

func TestEverySettingHasCases(t *testing.T) {
	t.Parallel()
	var names []string
	for _, s := range Settings {
		names = append(names, s.Name)
		c, ok := cases[s.Name]
		if !ok || len(c.good) == 0 || len(c.bad) == 0 {
			t.Errorf("%s has no cases", s.Name)
		}
		if s.Default != c.standard || s.Required == (s.Default != "") {
			t.Errorf("%s has default %q and required=%t, want %q", s.Name, s.Default, s.Required, c.standard)
		}
		if s.Means == "" || s.Accepts == "" {
			t.Errorf("%s is not explained", s.Name)
		}
	}
	for name := range cases {
		if !slices.Contains(names, name) {
			t.Errorf("%s is no setting", name)
		}
	}
}

// enterprise is what has to be set, for a server whose addresses fit whatever
// other server one of them names.
func enterprise() map[string]string {
	all := required()
	for _, name := range []string{"GITHUB_V3_API_URL", "GITHUB_V4_API_URL", "GITHUB_WEB_URL"} {
		all[name] = "https://github.example.com/"
	}
	return all
}

func TestAddressesOfTwoServersAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"GITHUB_V3_API_URL", "GITHUB_V4_API_URL", "GITHUB_WEB_URL"} {
		_, err := load(with(required(), name, "https://github.example.com/"))
		if err == nil || !strings.Contains(err.Error(), "do not belong to one server") {
			t.Errorf("%s alone is accepted: %v", name, err)
		}
	}
}

func TestWhatSettingsAccept(t *testing.T) {
	t.Parallel()
	for _, s := range Settings {
		c := cases[s.Name]
		for n, v := range c.good {
			t.Run(fmt.Sprint(s.Name, " ", n), func(t *testing.T) {
				t.Parallel()
				cfg, err := load(with(enterprise(), s.Name, v.text))
				if err != nil {
					t.Fatal(err)
				}
				if have := fmt.Sprint(c.get(cfg)); have != v.want {
					t.Errorf("set to %q, want %q", have, v.want)
				}
			})
		}
	}
}

func TestWhatSettingsRefuse(t *testing.T) {
	t.Parallel()
	for _, s := range Settings {
		for n, v := range cases[s.Name].bad {
			t.Run(fmt.Sprint(s.Name, " ", n), func(t *testing.T) {
				t.Parallel()
				_, err := load(with(required(), s.Name, v.text))
				complains(t, err, []string{s.Name, "accepted: " + s.Accepts, v.want}, "hunter2")
				if s.Secret && !strings.Contains(s.Accepts, v.text) && strings.Contains(err.Error(), v.text) {
					t.Errorf("the error shows the secret: %v", err)
				}
				if strings.Count(err.Error(), "\n") != 0 {
					t.Errorf("more than one complaint: %v", err)
				}
			})
		}
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	have, err := load(required())
	if err != nil {
		t.Fatal(err)
	}
	want := Server{
		AppID: 4242, WebhookSecret: "a secret of the tests", PrivateKey: keys().pkcs1,
		V3URL: "https://api.github.com/", V4URL: "https://api.github.com/graphql", WebURL: "https://github.com",
		Addr: ":8080", Database: "sqlite:firebreak.db", Retention: 7 * 24 * time.Hour, IncidentLabel: "incident", QuietPeriod: 5 * time.Second,
		Zone: time.UTC, LogLevel: zerolog.InfoLevel,
	}
	same := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if diff := cmp.Diff(want, have, same); diff != "" {
		t.Errorf("defaults (-want +have):\n%s", diff)
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	t.Run("nothing is set", func(t *testing.T) {
		t.Parallel()
		_, err := load(nil)
		var says []string
		for _, s := range Settings {
			if s.Required {
				says = append(says, s.Name+" is not set: "+s.Accepts)
			}
		}
		complains(t, err, says)
		if have := strings.Count(err.Error(), "\n") + 1; have != len(says) {
			t.Errorf("%d complaints, want %d:\n%v", have, len(says), err)
		}
	})
	t.Run("everything is wrong", func(t *testing.T) {
		t.Parallel()
		env := map[string]string{}
		var says []string
		for name, c := range cases {
			env[name] = c.bad[0].text
			says = append(says, name)
		}
		_, err := load(env)
		complains(t, err, says, "not a key at all", "hunter2")
		if have := strings.Count(err.Error(), "\n") + 1; have != len(says) {
			t.Errorf("%d complaints, want %d:\n%v", have, len(says), err)
		}
	})
}
