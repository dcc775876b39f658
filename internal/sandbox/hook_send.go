package sandbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1" // GitHub still sends the old signature beside the new
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

// hookID is the id of the App's one webhook.
const hookID = 431_211_500

// sendLoop sends what is queued, one after the other, in order.
func (sb *Sandbox) sendLoop() {
	for {
		d, changed := sb.nextDelivery()
		switch {
		case d != nil:
			sb.send(d)
		case changed == nil:
			return
		default:
			<-changed
		}
	}
}

// nextDelivery gives the next to send, or what to wait for, or neither when the
// sandbox is closed.
func (sb *Sandbox) nextDelivery() (*Delivery, <-chan struct{}) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	if sb.closed {
		for _, d := range append(sb.hooks.queue, sb.hooks.held...) {
			close(d.done)
		}
		return nil, nil
	}
	if len(sb.hooks.queue) == 0 {
		return nil, sb.changed
	}
	d := sb.hooks.queue[0]
	sb.hooks.queue = sb.hooks.queue[1:]
	sb.hooks.inFlight++
	d.DeliveredAt = sb.world.now()
	return d, sb.changed
}

func (sb *Sandbox) send(d *Delivery) {
	start := time.Now()
	status, code, header, body := sb.post(d)
	sb.mu.Lock()
	defer sb.mu.Unlock()
	d.Status, d.StatusCode, d.response, d.Answer = status, code, header, body
	d.took = time.Since(start)
	sb.hooks.inFlight--
	close(d.done)
	sb.wakeLocked()
}

func (sb *Sandbox) post(d *Delivery) (status string, code int, header http.Header, body []byte) {
	sb.mu.Lock()
	url := sb.hooks.url
	d.request = sb.hookHeader(d)
	sb.mu.Unlock()
	r, err := http.NewRequestWithContext(sb.life, http.MethodPost, url, bytes.NewReader(d.Payload))
	if err != nil {
		return "invalid address", 0, nil, nil
	}
	r.Header = d.request.Clone()
	resp, err := sb.client.Do(r)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded) || isTimeout(err):
		return "timed out", 0, nil, nil
	case err != nil:
		return "failed to connect to host", 0, nil, nil
	}
	defer resp.Body.Close()
	body, _ = io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode/100 == 2 {
		return "OK", resp.StatusCode, resp.Header, body
	}
	return "Invalid HTTP Response: " + strconv.Itoa(resp.StatusCode), resp.StatusCode, resp.Header, body
}

func isTimeout(err error) bool {
	var slow interface{ Timeout() bool }
	return errors.As(err, &slow) && slow.Timeout()
}

func (sb *Sandbox) hookHeader(d *Delivery) http.Header {
	h := http.Header{}
	h.Set("Accept", "*/*")
	h.Set("Content-Type", "application/json")
	h.Set("User-Agent", "GitHub-Hookshot/8f4a2c1")
	h.Set("X-GitHub-Delivery", d.GUID)
	h.Set("X-GitHub-Event", d.Event)
	h.Set("X-GitHub-Hook-ID", strconv.Itoa(hookID))
	h.Set("X-GitHub-Hook-Installation-Target-ID", strconv.FormatInt(sb.opts.AppID, 10))
	h.Set("X-GitHub-Hook-Installation-Target-Type", "integration")
	if secret := sb.opts.WebhookSecret; secret != "" {
		h.Set("X-Hub-Signature", "sha1="+sign(sha1.New, secret, d.Payload))
		h.Set("X-Hub-Signature-256", "sha256="+sign(sha256.New, secret, d.Payload))
	}
	return h
}

func sign(algorithm func() hash.Hash, secret string, payload []byte) string {
	mac := hmac.New(algorithm, []byte(secret))
	mac.Write(payload)
	return hex.EncodeToString(mac.Sum(nil))
}
