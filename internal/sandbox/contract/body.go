package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	value, err := decodeJSON(body)
	if err != nil {
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

// decodeJSON keeps numbers as they were written, as ids are past what a
// float64 holds exactly.
func decodeJSON(body []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("text after the value")
	}
	return value, nil
}
