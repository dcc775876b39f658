package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/store/pgtest"
)

// Two servers on one database behind a load balancer do what one does: the
// deliveries of one incident reach both in turn.
func TestTwoServersOnOnePostgres(t *testing.T) {
	t.Parallel()
	database := pgtest.Database(t)
	w := startWorld(t, withWiki)
	w.stop()
	w.cfg.Database = database
	w.start()
	w.balance(w.server, w.replica())
	incidentFromLabelToFollowUps(t, w)
	all, err := w.server.db.Deliveries(t.Context())
	w.must(err)
	if len(all) == 0 {
		t.Error("no delivery is in PostgreSQL")
	}
	for _, d := range all {
		if !d.Completed {
			t.Errorf("delivery %s is not done: %q", d.GUID, d.Failure)
		}
	}
}

// replica starts one more server on the same database.
func (w *world) replica() *server {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := newServer(ctx, w.cfg, zerolog.Nop(), w.quick)
	if err != nil {
		cancel()
		w.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	w.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			w.t.Errorf("stop: %v", err)
		}
	})
	_, err = s.app.Bot(patient(w.t))
	w.must(err)
	return s
}

// balance has webhooks reach the servers in turn.
func (w *world) balance(servers ...*server) {
	var proxies []*httputil.ReverseProxy
	idle := &http.Transport{}
	for _, s := range servers {
		proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: s.Addr()})
		proxy.Transport = idle
		proxies = append(proxies, proxy)
	}
	var n atomic.Int64
	balancer := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		proxies[int(n.Add(1))%len(proxies)].ServeHTTP(rw, r)
	}))
	w.t.Cleanup(func() {
		balancer.Close()
		idle.CloseIdleConnections()
	})
	w.SetWebhook(balancer.URL + "/api/github/hook")
}
