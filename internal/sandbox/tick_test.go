package sandbox_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestTicks(t *testing.T) {
	const body = "intro step:a\r\n- [ ] first <!-- step:a -->\r\n  1. [x] nested <!-- step:a.b -->\r\n> * [X] quoted\r\n- plain last\r\n"
	for behaviour, c := range map[string]struct {
		item string
		off  bool
		want string // empty: an error
	}{
		"by hidden id":              {item: "step:a", want: "intro step:a\r\n- [x] first <!-- step:a -->\r\n  1. [x] nested <!-- step:a.b -->\r\n> * [X] quoted\r\n- plain last\r\n"},
		"taken back":                {item: "step:a.b", off: true, want: "intro step:a\r\n- [ ] first <!-- step:a -->\r\n  1. [ ] nested <!-- step:a.b -->\r\n> * [X] quoted\r\n- plain last\r\n"},
		"by text":                   {item: "quoted", off: true, want: "intro step:a\r\n- [ ] first <!-- step:a -->\r\n  1. [x] nested <!-- step:a.b -->\r\n> * [ ] quoted\r\n- plain last\r\n"},
		"not what is ticked":        {item: "step:a.b"},
		"not what is unticked":      {item: "step:a", off: true},
		"not where there is no box": {item: "plain"},
		"not what is not there":     {item: "step:z"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := newKit(t, sandbox.Options{})
			n := k.issue()
			id := k.said(n, body)
			tick := k.As("maya").Tick
			if c.off {
				tick = k.As("maya").Untick
			}
			err := tick(shop, n, id, c.item)
			if (err == nil) != (c.want != "") {
				t.Fatal(err)
			}
			got, _ := k.Comment(id)
			if c.want == "" {
				c.want = body
			}
			if diff := cmp.Diff(c.want, got.Body); diff != "" {
				t.Error(diff)
			}
		})
	}
}
