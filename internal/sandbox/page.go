package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// page answers with one page of a list and, where there are others, links to
// them.
func page[T any](c *call, all []T) (reply, error) {
	size := c.positive("per_page", 30)
	if size > 100 {
		size = 100
	}
	at := c.positive("page", 1)
	last := max(1, (len(all)+size-1)/size)
	from, to := min((at-1)*size, len(all)), min(at*size, len(all))
	some := append([]T{}, all[from:to]...)
	return reply{body: some, header: c.links(at, last)}, nil
}

// positive reads a number from the query; what is none counts as absent.
func (c *call) positive(name string, otherwise int) int {
	n, err := strconv.Atoi(c.query(name, ""))
	if err != nil || n < 1 || n > 1_000_000 {
		return otherwise
	}
	return n
}

func (c *call) links(at, last int) http.Header {
	var links []string
	link := func(page int, rel string) {
		q := c.asked.URL.Query()
		q.Set("page", strconv.Itoa(page))
		links = append(links, fmt.Sprintf(`<%s%s?%s>; rel="%s"`, c.api, c.asked.path, q.Encode(), rel))
	}
	if at > 1 {
		link(min(at-1, last), "prev")
	}
	if at < last {
		link(at+1, "next")
		link(last, "last")
	}
	if at > 1 {
		link(1, "first")
	}
	if links == nil {
		return nil
	}
	return http.Header{"Link": {strings.Join(links, ", ")}}
}
