package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
)

func deliveryRoutes() []route {
	return []route{
		on("GET", "/app/hook/deliveries", asApp, (*call).listDeliveries),
		on("GET", "/app/hook/deliveries/{delivery_id}", asApp, (*call).getDelivery),
		on("POST", "/app/hook/deliveries/{delivery_id}/attempts", asApp, (*call).redeliver),
	}
}

// listDeliveries goes by cursor, newest first: the cursor is the id to go on
// below.
func (c *call) listDeliveries() (reply, error) {
	below, _ := strconv.ParseInt(c.query("cursor", ""), 10, 64)
	wanted, size := c.query("status", ""), min(c.positive("per_page", 30), 100)
	list, more := []object{}, false
	for _, d := range slices.Backward(c.sb.hooks.log) {
		failed := d.StatusCode >= 400 && d.StatusCode <= 599
		if d.Status == "" || below != 0 && d.ID >= below || wanted == "failure" && !failed || wanted == "success" && d.Status != "OK" {
			continue
		}
		if len(list) == size {
			more = true
			break
		}
		list = append(list, d.json())
	}
	out := reply{body: list}
	if more {
		q := c.asked.URL.Query()
		q.Set("cursor", strconv.FormatInt(list[size-1]["id"].(int64), 10))
		out.header = http.Header{"Link": {"<" + c.api + c.asked.path + "?" + q.Encode() + `>; rel="next"`}}
	}
	return out, nil
}

func (c *call) delivery() (*Delivery, error) {
	id, err := c.number("delivery_id")
	if err != nil {
		return nil, err
	}
	for _, d := range c.sb.hooks.log {
		if d.ID == id {
			return d, nil
		}
	}
	return nil, errNotFound
}

func (c *call) getDelivery() (reply, error) {
	d, err := c.delivery()
	if err != nil {
		return reply{}, err
	}
	body := d.json()
	body["url"] = c.sb.hooks.url
	body["request"] = object{"headers": flat(d.request), "payload": json.RawMessage(d.Payload)}
	body["response"] = object{"headers": flat(d.response), "payload": orNull(string(d.Answer))}
	return ok(body)
}

func (c *call) redeliver() (reply, error) {
	d, err := c.delivery()
	if err != nil {
		return reply{}, err
	}
	c.sb.enqueue(c.sb.again(d))
	return reply{status: http.StatusAccepted, body: object{}}, nil
}

// json is the schema hook-delivery-item.
func (d *Delivery) json() object {
	body := object{
		"id": d.ID, "guid": d.GUID, "delivered_at": stamp(d.DeliveredAt), "redelivery": d.Redelivery,
		"duration": d.took.Seconds(), "status": d.Status, "status_code": d.StatusCode, "event": d.Event,
		"action": orNull(d.Action), "installation_id": nil, "repository_id": nil, "throttled_at": nil,
	}
	if d.Installation != 0 {
		body["installation_id"] = d.Installation
	}
	if d.Repository != 0 {
		body["repository_id"] = d.Repository
	}
	return body
}

// flat is a header in JSON; nil is null.
func flat(h http.Header) any {
	if h == nil {
		return nil
	}
	body := object{}
	for name := range h {
		body[name] = h.Get(name)
	}
	return body
}
