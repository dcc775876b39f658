package config

import (
	"strings"
	"testing"
)

func TestSecretsFromFiles(t *testing.T) {
	t.Parallel()
	env := required()
	delete(env, "GITHUB_APP_PRIVATE_KEY")
	delete(env, "GITHUB_APP_WEBHOOK_SECRET")
	env["GITHUB_APP_PRIVATE_KEY_FILE"] = file(t, keys().pkcs1+"\n")
	env["GITHUB_APP_WEBHOOK_SECRET_FILE"] = file(t, "from a file, one line\n")
	cfg, err := load(env)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.PrivateKey != keys().pkcs1 || cfg.WebhookSecret != "from a file, one line" {
		t.Errorf("key %d bytes, secret %q", len(cfg.PrivateKey), cfg.WebhookSecret)
	}
}

func TestSecretFilesThatDoNotWork(t *testing.T) {
	t.Parallel()
	const name = "GITHUB_APP_WEBHOOK_SECRET"
	for what, tc := range map[string]struct {
		path string
		both bool
		want string
	}{
		"the variable as well": {path: file(t, "from a file"), both: true, want: name + " and " + name + "_FILE are both set"},
		"no such file":         {path: "/does/not/exist", want: name + "_FILE cannot be read: no such file or directory"},
		"a directory":          {path: t.TempDir(), want: name + "_FILE cannot be read: is a directory"},
		"an empty file":        {path: file(t, " \n"), want: name + "_FILE names an empty file: the webhook secret"},
		"a bad value":          {path: file(t, "tiny"), want: name + " is not accepted"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			env := with(required(), name+"_FILE", tc.path)
			if !tc.both {
				delete(env, name)
			}
			_, err := load(env)
			complains(t, err, []string{tc.want}, tc.path, "from a file", "tiny", "a secret of the tests")
		})
	}
}

// Only secrets come from files beside the variable; another setting's file
// would be a file of one word.
func TestOtherSettingsHaveNoFiles(t *testing.T) {
	t.Parallel()
	cfg, err := load(with(required(), "FIREBREAK_ADDR_FILE", file(t, ":1")))
	if err != nil || cfg.Addr != ":8080" {
		t.Errorf("address %q and %v", cfg.Addr, err)
	}
}

func TestEnvFile(t *testing.T) {
	t.Parallel()
	path := file(t, "\uFEFF# what Firebreak needs\r\n\r\nexport GITHUB_APP_INTEGRATION_ID=7\r\n"+
		"  GITHUB_APP_WEBHOOK_SECRET = 'a # b \"c\"'  # not part of it\r\n"+
		"GITHUB_APP_PRIVATE_KEY=\""+strings.ReplaceAll(keys().pkcs1, "\n", "\r\n")+"\"\r\n"+
		"FIREBREAK_INCIDENT_LABEL=with # in it\r\nFIREBREAK_ADDR=\nSOMETHING_ELSE=1\n")
	cfg, err := load(map[string]string{EnvFile: path, "FIREBREAK_QUIET_PERIOD": "1s"})
	if err != nil {
		t.Fatal(err)
	}
	if cfg.AppID != 7 || cfg.WebhookSecret != `a # b "c"` || cfg.PrivateKey != keys().pkcs1 ||
		cfg.IncidentLabel != "with # in it" || cfg.Addr != ":8080" || cfg.QuietPeriod.String() != "1s" {
		t.Errorf("read %+v", cfg)
	}
	t.Run("what the look-up knows wins", func(t *testing.T) {
		t.Parallel()
		cfg, err := load(map[string]string{EnvFile: path, "GITHUB_APP_INTEGRATION_ID": "8", "FIREBREAK_INCIDENT_LABEL": ""})
		if err != nil || cfg.AppID != 8 || cfg.IncidentLabel != "with # in it" {
			t.Errorf("app %d, label %q and %v", cfg.AppID, cfg.IncidentLabel, err)
		}
	})
	t.Run("a secret may come from a file that it names", func(t *testing.T) {
		t.Parallel()
		named := file(t, "GITHUB_APP_WEBHOOK_SECRET_FILE="+file(t, "a secret in a file"))
		env := with(required(), EnvFile, named)
		delete(env, "GITHUB_APP_WEBHOOK_SECRET")
		cfg, err := load(env)
		if err != nil || cfg.WebhookSecret != "a secret in a file" {
			t.Errorf("secret %q and %v", cfg.WebhookSecret, err)
		}
	})
}

func TestEnvFilesThatDoNotWork(t *testing.T) {
	t.Parallel()
	for what, tc := range map[string]struct{ path, want string }{
		"no such file":        {"/does/not/exist", EnvFile + " cannot be read: no such file or directory"},
		"a directory":         {t.TempDir(), EnvFile + " cannot be read: is a directory"},
		"no setting":          {file(t, "\nA=1\nhunter2hunter2\n"), EnvFile + ": line 3 is not NAME=value"},
		"no name":             {file(t, "=hunter2hunter2\n"), EnvFile + ": line 1 is not NAME=value"},
		"a name with a space": {file(t, "A B=hunter2hunter2\n"), EnvFile + ": line 1 is not NAME=value"},
		"a quote left open":   {file(t, "A=1\nB=\"hunter2hunter2\nC=2\n"), EnvFile + ": line 2 opens a quote that is never closed"},
		"text after a quote":  {file(t, "A=\"hunter2\"hunter2"), EnvFile + ": line 1 opens a quote that is never closed"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			_, err := load(with(required(), EnvFile, tc.path))
			complains(t, err, []string{tc.want}, "hunter2")
		})
	}
}

func FuzzEnvFile(f *testing.F) {
	for _, seed := range []string{
		"", "A=1", "A='1'", "A=\"1\n2\"\nB=3", "# A=1\n", "A=\"", "A='\n\n'", "export A=1\r\n", "A=\"x\" # y", "=", "A==", "\uFEFFA=1", "A=\"\"\"",
	} {
		f.Add(seed, "value")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		values, err := parseEnvFile(text)
		if err == nil {
			for name := range values {
				if !isName.MatchString(name) {
					t.Errorf("%q is no name", name)
				}
			}
		}
		if strings.ContainsAny(value, "'\r") {
			return
		}
		values, err = parseEnvFile("BEFORE=1\nA='" + value + "'\nAFTER=\"2\"")
		if err != nil || len(values) != 3 || values["A"] != value || values["AFTER"] != "2" {
			t.Errorf("%q was read as %q: %v", value, values, err)
		}
	})
}
