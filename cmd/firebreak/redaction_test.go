package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/store"
)

// plant is a text that must not get through, and the part of it to look for.
type plant struct{ kind, text, core string }

// multiline says that it is none on a line that has other words.
func (p plant) multiline() bool { return strings.Contains(p.text, "\n") }

// among puts it among words; one of several lines on lines of its own.
func (p plant) among(words string) string {
	if p.multiline() {
		return strings.ReplaceAll(words, "%s", "this:\n\n"+p.text+"\n")
	}
	return strings.ReplaceAll(words, "%s", p.text)
}

// title is what of it people write on one line.
func (p plant) title() string {
	if p.multiline() {
		return "Slow"
	}
	return "Slow " + p.text
}

// plants are put together here, so that no scanner takes this file for a leak.
func plants() []plant {
	letters := func(n int) string { return strings.Repeat("aB3dE5gH7jK9mN1pQ", 4)[:n] }
	token := letters(36)
	return []plant{
		{"a token", "ghp" + "_" + token, token},
		{"an installation token", "ghs" + "_4242_" + "eyJ" + letters(30) + "." + "eyJ" + letters(40) + "." + letters(43), "eyJ" + letters(20)},
		{"a cloud key", "AKIA" + "QZ7RXW3MBT5VLC4N", "QZ7RXW3MBT5VLC4N"},
		{"a password", "password=" + "Sw0rdf1sh-and-chips", "Sw0rdf1sh-and-chips"},
		{"an address in a URL", "https://deploy:" + "Pl4intext-9" + "@db.example.com/orders", "Pl4intext-9"},
		{"an e-mail address", "maya.private" + "@" + "mail.example.com", "maya.private" + "@"},
		{"a bearer", "Authorization: Bearer " + letters(43), letters(40)},
	}
}

// blocks are those that take several lines.
func blocks() []plant {
	return []plant{
		{"fenced code", "```go\nfunc chargeTwice(card string) error { return nil }\n```", "chargeTwice"},
		{"a stack trace", "panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.chargeCards(0xc000012345)\n\t/srv/shop/charge.go:42 +0x1d\nmain.main()\n\t/srv/shop/main.go:7 +0x2a", "chargeCards"},
		{"a Java trace", "java.lang.IllegalStateException: no pool\n\tat com.acme.shop.ChargeService.run(ChargeService.java:42)\n\tat com.acme.shop.Main.main(Main.java:7)", "ChargeService"},
		{"a private key", "-----BEGIN " + "RSA PRIVATE KEY-----\n" + strings.Repeat("MIIEpAIBAAKCAQEAtnB7\n", 6) + "-----END " + "RSA PRIVATE KEY-----", "MIIEpAIBAAKCAQEAtnB7"},
	}
}

// lines is a log that can be read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// restartLogging starts the server anew with every line of its log kept.
func (w *world) restartLogging(out io.Writer) {
	w.t.Helper()
	w.stop()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := newServer(ctx, w.cfg, zerolog.New(out).Level(zerolog.TraceLevel), func(o *store.Options) {
		o.Retry = store.Retry{First: 10 * time.Millisecond, Longest: 50 * time.Millisecond, Attempts: 12}
		o.Rules.LabelGap, o.Unscheduled = time.Millisecond, true
	})
	if err != nil {
		cancel()
		w.t.Fatal(err)
	}
	w.server, w.cancel, w.ended = s, cancel, make(chan error, 1)
	go func() { w.ended <- s.Run(ctx) }()
	w.SetWebhook("http://" + s.Addr() + "/api/github/hook")
}

// leaks names the plants that a text holds, in any case.
func leaks(text string, all []plant) []string {
	text = strings.ToLower(text)
	var out []string
	for _, p := range all {
		if strings.Contains(text, strings.ToLower(p.core)) {
			out = append(out, p.kind)
		}
	}
	return out
}

func TestNothingSecretIsWritten(t *testing.T) {
	t.Parallel()
	option, git := wikiIn(t)
	w := startWorld(t, withWiki, option)
	var log lines
	w.restartLogging(&log)
	w.plantAll()
	all := append(plants(), blocks()...)
	for _, r := range w.Requests() {
		if found := leaks(r.Path+" "+r.Query.Encode(), all); len(found) > 0 {
			t.Errorf("the path of %s %s holds %q", r.Method, r.Path, found)
		}
		if found := leaks(string(r.Body), all); r.Method != "GET" && !strings.Contains(r.Path, ".wiki.git") && len(found) > 0 {
			t.Errorf("%s %s wrote %q:\n%s", r.Method, r.Path, found, r.Body)
		}
	}
	if found := leaks(git("log", "--author="+strings.ReplaceAll(w.BotLogin(), "[bot]", ""), "-p", "-U0", "--stat", "master"), all); len(found) > 0 {
		t.Errorf("the wiki's commits hold %q", found)
	}
	if found := leaks(strings.Join(w.WikiPages(shop), " "), all); len(found) > 0 {
		t.Errorf("the wiki's page names hold %q", found)
	}
	if found := leaks(log.String(), all); len(found) > 0 || log.String() == "" {
		t.Errorf("the log holds %q:\n%s", found, log.String())
	}
	w.says("the last page", w.page(indexPage), "[redacted")
}

// plantAll goes through the life of an incident for every plant.
func (w *world) plantAll() {
	w.t.Helper()
	numbers := map[string]int{}
	for _, step := range []func(n int, p plant) error{w.plantInIssue(numbers), w.plantInCommands, w.plantInEdits, w.plantInFollowUps} {
		for _, p := range append(plants(), blocks()...) {
			w.must(step(numbers[p.kind], p))
		}
		w.settle()
	}
}

func (w *world) plantInIssue(numbers map[string]int) func(int, plant) error {
	return func(_ int, p plant) (err error) {
		numbers[p.kind], err = w.As("maya").OpenIssue(shop, p.title(), p.among("It is slow %s\n\n- [ ] ask %s\n\n### Summary\n\nSlow: %s\n\n"+
			"### Affected systems\n\n%s\n\n### Impact\n\n- Many %s\n\n### Root cause\n\n%s\n\n### Lessons learned\n\n1. %s\n\n"+
			"### Action items\n\n- [ ] Rotate %s @jon\n\n/incident timeline saw %s\n"), "incident", clip(p.title(), 50))
		return err
	}
}

func clip(s string, most int) string { return s[:min(len(s), most)] }

// plantInCommands gives every verb the text, in its line or below it.
func (w *world) plantInCommands(n int, p plant) error {
	forms := []string{"timeline\n%s", "summary\n%s", "systems\n%s", "impact Look:\n%s", "cause Look:\n%s", "lesson Look:\n%s", "action Rotate\n%s"}
	if !p.multiline() {
		forms = append(forms, "severity P1: %s", "timeline told %s | 5 min ago", "action Rotate the key %s @jon", "check %s", "%s", "lead %s", "lead @%s",
			"resolved %s", "action Rotate due %s", "severity %s")
	}
	all := "/incident severity P1"
	for _, form := range forms {
		all += "\n\n/incident " + strings.ReplaceAll(form, "%s", p.text)
	}
	for who, body := range map[string]string{"jon": all, "sam": "/incident summary\n" + p.text, "maya": "/postmortem\n" + p.text} {
		if _, err := w.As(who).Comment(shop, n, body); err != nil {
			return err
		}
	}
	return nil
}

// plantInEdits ticks tasks, gives the issue another title and text, closes it.
func (w *world) plantInEdits(n int, p plant) error {
	return errors.Join(
		w.As("jon").Tick(shop, n, 0, "ask "),
		w.As("jon").Tick(shop, n, 0, "Rotate "),
		w.As("maya").EditIssue(shop, n, p.title()+" again", p.among("### Summary\n\nStill %s\n")),
		w.As("maya").CloseAs(shop, n, "not_planned"),
	)
}

// plantInFollowUps gives the follow-ups other titles, and publishes again.
func (w *world) plantInFollowUps(n int, p plant) error {
	for _, f := range w.followUps() {
		if f.Parent == n {
			if err := errors.Join(w.As("jon").EditIssue(shop, f.Number, p.title(), ""), w.As("jon").Close(shop, f.Number)); err != nil {
				return err
			}
		}
	}
	_, err := w.As("jon").Comment(shop, n, "/postmortem")
	return err
}

// A secret that a person wrote into the wiki is told by its kind, and left.
func TestASecretInTheWikiIsTold(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	p := plants()[0]
	w.editPage("jon", firstPage, "## Root cause\n", "## Root cause\nThe token "+p.text+" had expired.\n")
	w.comment("jon", n, "/postmortem")
	w.says("the reply", w.lastReply(n), "should not be there", "github-token (1)")
	w.saysNot("the reply", w.lastReply(n), p.core)
	w.says("the page", w.page(firstPage), p.text)
	w.comment("jon", n, "/incident lesson Rotate.\n/postmortem")
	w.says("the page", w.page(firstPage), p.text, "Rotate.")
}

// The words of people around the index are theirs, whatever they hold.
func TestAnAddressInTheIndexStays(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	text := "Ask ops" + "@" + "acme.example or " + plants()[3].text + ".\n"
	w.must(w.As("maya").EditWiki(shop, indexPage, text, "an index"))
	w.published()
	w.says("the index", w.page(indexPage), text)
}
