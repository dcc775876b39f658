package redact_test

import (
	"strings"
	"testing"
)

func TestGate_TakesCodeAndTracesOut(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"fenced":                     {"before\n```go\nfunc main() {}\n```\nafter", "before\n[redacted: code]\nafter"},
		"fenced by tildes":           {"~~~\nx\n~~~\nafter\n", "[redacted: code]\nafter\n"},
		"at the end":                 {"a\n```\nx\n```", "a\n[redacted: code]"},
		"CRLF":                       {"a\r\n```\r\nx\r\n```\r\nb\r\n", "a\r\n[redacted: code]\r\nb\r\n"},
		"two":                        {"```\nx\n```\nand\n```\ny\n```\n", "[redacted: code]\nand\n[redacted: code]\n"},
		"left open":                  {"a\n```\nx\n\ny\n", "a\n[redacted: code]\n"},
		"left open without a line":   {"a\n```", "a\n[redacted: code]"},
		"longer fence holds shorter": {"````\n```\nx\n```\n````\nafter", "[redacted: code]\nafter"},
		"longer fence closes":        {"```\nx\n`````\nafter", "[redacted: code]\nafter"},
		"other fence does not close": {"```\nx\n~~~\ny\n```\nafter", "[redacted: code]\nafter"},
		"fence with words does not":  {"```\nx\n``` no\ny\n```\nafter", "[redacted: code]\nafter"},
		"in a quote":                 {"> said\n> ```\n> x\n> ```\n> more\n\nafter", "> said\n> [redacted: code]\n> more\n\nafter"},
		"quote ends it":              {"> ```\n> x\nafter\n```y```\n", "> [redacted: code]\nafter\n```y```\n"},
		"in a nested quote":          {"> > ```\n> > x\n> > ```\n> b", "> > [redacted: code]\n> b"},
		"in a list":                  {"- one\n  ```sh\n  x\n  ```\n- two", "- one\n  [redacted: code]\n- two"},
		"on a list's line":           {"- ```sh\n  x\n  ```\n- two", "- [redacted: code]\n- two"},
		"in a numbered list":         {"1. ```\n   x\n   ```\n2. two", "1. [redacted: code]\n2. two"},
		"in a quoted list":           {"> * ```\n>   x\n>   ```\n> two", "> * [redacted: code]\n> two"},
		"in details":                 {"<details>\n\n```\nx\n```\n</details>", "<details>\n\n[redacted: code]\n</details>"},
		"secrets inside go with it":  {"```\npassword=hunter2\n```\n", "[redacted: code]\n"},

		"JVM": {"java.lang.IllegalStateException: no pool\n\tat com.x.Y.z(Y.java:1)\n\tat java.base/java.lang.Thread.run(Thread.java:840)\n" +
			"Caused by: java.io.IOException\n\tat com.x.Q.<init>(Q.kt:3)\n\t... 23 more\nafter",
			"java.lang.IllegalStateException: no pool\n[redacted: stack-trace]\nCaused by: java.io.IOException\n[redacted: stack-trace]\nafter"},
		"JVM in a log":  {"12:01 ERROR at com.x.Y.z(Y.java:1)\n12:02 fine", "[redacted: stack-trace]\n12:02 fine"},
		"JVM, one line": {"\tat com.x.Y(Z.java:1)", "[redacted: stack-trace]"},
		"JVM in a quote": {"> boom\n> \tat com.x.Y(Z.java:1)\n> \tat com.x.Y(Native Method)\n> after",
			"> boom\n> [redacted: stack-trace]\n> after"},
		".NET": {"   at Acme.Pool.Take(Int32 n, String s) in C:\\src\\Pool.cs:line 12\nafter", "[redacted: stack-trace]\nafter"},
		"Node": {"TypeError: x is undefined\n    at pay (/app/src/pay.js:1:2)\n    at async Promise.all (index.js:3:4)\n    at /app/x.ts:5:6\n" +
			"    at new Pool (file:///app/pool.mjs:7:8)\n    at node:internal/main:9:10\n    at <anonymous>\nafter",
			"TypeError: x is undefined\n[redacted: stack-trace]\nafter"},
		"Python": {"before\nTraceback (most recent call last):\n  File \"a.py\", line 1, in f\n    g()\n    ^^^\n  File \"b.py\", line 2, in g\n    raise KeyError('x')\n" +
			"KeyError: 'x'\nafter", "before\n[redacted: stack-trace]\nKeyError: 'x'\nafter"},
		"Python, flattened": {"Traceback (most recent call last):\nFile \"a.py\", line 1, in f\nFile \"b.py\", line 2, in g\nKeyError: 'x'",
			"[redacted: stack-trace]\nKeyError: 'x'"},
		"Python in a quote": {"> Traceback (most recent call last):\n>   File \"a.py\", line 1\n>     g()\n> KeyError\n", "> [redacted: stack-trace]\n> KeyError\n"},
		"Go": {"panic: boom\n\ngoroutine 1 [running]:\nmain.(*T).f(0xc000, {0x1, 0x2})\n\t/app/main.go:12 +0x1d\nmain.main()\n\t/app/main.go:5 +0x2\n\n" +
			"goroutine 7 gp=0xc1 m=nil [chan receive, 2 minutes]:\nnet/http.(*Server).Serve(...)\n\t/usr/local/go/src/net/http/server.go:1\n" +
			"created by main.main in goroutine 1\n\t/app/main.go:4 +0x1\nexit status 2\n", "panic: boom\n\n[redacted: stack-trace]\nexit status 2\n"},
	}
	g := gate(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, found := settled(t, g.Clean, c.text)
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if n := strings.Count(got, "[redacted: "); found.Total() != n {
				t.Errorf("%v counted, %d in the text", found, n)
			}
		})
	}
}

func TestGate_TakesMoreCodeOut(t *testing.T) {
	const code = "[redacted: code]"
	g := gate(t)
	for name, c := range map[string]struct{ text, want string }{
		"indented":              {"before\n\n    x := 1\n    y := 2\n\nafter", "before\n\n" + code + "\n\nafter"},
		"indented by a tab":     {"before\n\n\tx := 1\nafter", "before\n\n" + code + "\nafter"},
		"with an empty line":    {"a\n\n    x\n\n    y\n\nb", "a\n\n" + code + "\n\nb"},
		"in a quote":            {"> a\n>\n>     x\n> b", "> a\n>\n> " + code + "\n> b"},
		"in a list":             {"- a\n\n      x := 1\n- b", "- a\n\n  " + code + "\n- b"},
		"a list going on":       {"- a\n\n  goes on\n\n    - deeper\n\n      and on", "- a\n\n  goes on\n\n    - deeper\n\n      and on"},
		"a paragraph going on":  {"a\n    goes on", "a\n    goes on"},
		"SELECT":                {"ran SELECT id, name FROM users WHERE id = 4; it hung", "ran " + code + " it hung"},
		"select in code":        {"ran `select * from users where id = 4` twice", "ran `" + code + "` twice"},
		"on lines":              {"SELECT *\nFROM users\nWHERE name = 'Maya'\n\nhung", code + "\n\nhung"},
		"INSERT":                {"insert into users (name) values ('Maya');", code},
		"UPDATE":                {"then UPDATE users SET name = 'Maya; x' WHERE id = 1;", "then " + code},
		"DELETE":                {"delete from users where id = 1;", code},
		"DDL":                   {"ALTER TABLE users ADD COLUMN x int;", code},
		"no SELECT":             {"select one from the list", "select one from the list"},
		"no UPDATE":             {"UPDATE: we set the flag", "UPDATE: we set the flag"},
		"no DELETE":             {"please delete from the wiki what is old", "please delete from the wiki what is old"},
		"Ruby":                  {"boom\napp/models/user.rb:12:in `save'\nfrom app/x.rb:3:in 'call'\nafter", "boom\n[redacted: stack-trace]\nafter"},
		"PHP":                   {"#0 /srv/app/x.php(12): App\\Pay->go(1)\n#1 {main}\nafter", "[redacted: stack-trace]\nafter"},
		"Rust":                  {"   0: std::panicking::begin_panic\n             at /rustc/abc/library/std/src/panicking.rs:12:5\nafter", "[redacted: stack-trace]\nafter"},
		"C":                     {"#0  0x00007f3a in raise () from /lib/libc.so.6\n#1  0x0000 in main () at x.c:12\nafter", "[redacted: stack-trace]\nafter"},
		"Firefox":               {"pay@https://x.example/app.js:1:2\nafter", "[redacted: stack-trace]\nafter"},
		"a step of a procedure": {"1. look at x.go:12\n2. call it", "1. look at x.go:12\n2. call it"},
	} {
		if got, _ := settled(t, g.Clean, c.text); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}
