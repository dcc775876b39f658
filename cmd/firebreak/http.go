package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/internal/inbox"
)

// listen takes the address and says what is served there. Headers and bodies
// that never end are cut off.
func (s *server) listen(cfg config.Server, events []githubapp.EventHandler) error {
	mux := http.NewServeMux()
	mux.Handle(githubapp.DefaultWebhookRoute, inbox.Endpoint(events, cfg.WebhookSecret, s.inbox, s.log))
	mux.HandleFunc("GET /healthz", s.healthy)
	mux.HandleFunc("GET /readyz", s.ready)
	s.http = &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       20 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", cfg.Addr, err)
	}
	s.listener = listener
	return nil
}

// healthy says that the process runs.
func (s *server) healthy(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintln(w, "ok")
}

// ready says whether a delivery would be kept if it came now.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.db.Ping(r.Context()); err != nil {
		s.log.Error().Err(err).Msg("not ready")
		http.Error(w, "the database cannot be written", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}
