package wiki_test

import (
	"io"
	"net/http"
	"sync/atomic"
)

// wire counts what goes over the wire.
type wire struct {
	requests, sent, received atomic.Int64
}

func (c *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	c.requests.Add(1)
	c.sent.Add(max(req.ContentLength, 0))
	res, err := http.DefaultTransport.RoundTrip(req)
	if err == nil {
		res.Body = &counted{res.Body, &c.received}
	}
	return res, err
}

// counted is a body that counts what is read of it.
type counted struct {
	io.ReadCloser
	n *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.n.Add(int64(n))
	return n, err
}
