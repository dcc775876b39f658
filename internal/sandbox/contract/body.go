package contract

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// bodyFaults checks a body that is described by media type.
func (c *checking) bodyFaults(part string, content openapi3.Content, header http.Header, body []byte) {
	contentType := header.Get("Content-Type")
	media := content.Get(contentType)
	if media == nil {
		c.report(part, fmt.Sprintf("content type %q is not described", contentType))
		return
	}
	if media.Schema == nil || !isJSON(contentType) {
		return
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		c.report(part, "not JSON: "+err.Error())
		return
	}
	if part != "request body" || !c.refused() {
		c.reportAll(part, validate(media.Schema.Value, value))
	}
	c.reportAll(part, unknownFields(media.Schema.Value, value))
}

func isJSON(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}
