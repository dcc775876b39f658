package contract

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
)

// recorder passes an answer on as it is written and keeps a copy.
type recorder struct {
	http.ResponseWriter
	status   int
	header   http.Header // as it stood when it was sent
	body     bytes.Buffer
	hijacked func() // called before the connection is handed over
}

func (r *recorder) WriteHeader(status int) {
	informational := status < http.StatusOK && status != http.StatusSwitchingProtocols
	if r.status == 0 && !informational {
		r.status = status
		r.header = r.ResponseWriter.Header().Clone()
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.WriteHeader(http.StatusOK)
	}
	n, err := r.ResponseWriter.Write(p)
	r.body.Write(p[:n])
	return n, err
}

// Flush sends what has been written, for handlers that ask for http.Flusher.
func (r *recorder) Flush() {
	_ = http.NewResponseController(r.ResponseWriter).Flush()
}

// Hijack hands the connection over: from then on no answer is seen.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	r.hijacked()
	return http.NewResponseController(r.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController reach what else the writer can do.
func (r *recorder) Unwrap() http.ResponseWriter {
	return r.ResponseWriter
}

// contentType is what net/http puts in where the handler set none.
func (r *recorder) contentType() string {
	if _, set := r.header["Content-Type"]; set || r.body.Len() == 0 {
		return r.header.Get("Content-Type")
	}
	return http.DetectContentType(r.body.Bytes())
}
