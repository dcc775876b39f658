package contract

import (
	"errors"
	"net/url"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// formats are string formats that the description uses. The validator knows
// date, int32 and int64 by itself, and date-time by a page of regular expression.
var formats = openapi3.WithStringFormatValidators(map[string]openapi3.StringFormatValidator{
	"date-time":    openapi3.NewCallbackValidator(timestamp),
	"uri":          openapi3.NewCallbackValidator(absoluteURL),
	"uri-template": openapi3.NewCallbackValidator(absoluteURL),
	"email":        openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringForEmail),
})

func timestamp(value string) error {
	if _, err := time.Parse(time.RFC3339, value); err != nil {
		return errors.New("not like 2006-01-02T15:04:05Z")
	}
	return nil
}

// absoluteURL holds for what GitHub calls a uri. The empty string is one too:
// a repository without a homepage has "homepage": "".
func absoluteURL(value string) error {
	if value == "" {
		return nil
	}
	parsed, err := url.Parse(value)
	if err != nil || !parsed.IsAbs() || parsed.Host == "" {
		return errors.New("not an absolute URL")
	}
	return nil
}

// validate checks a decoded JSON value for everything a schema says, which by
// OpenAPI's rules leaves objects open to fields that it does not mention.
func validate(schema *openapi3.Schema, value any) []fault {
	if err := schema.VisitJSON(value, openapi3.MultiErrors(), formats); err != nil {
		return faults(err)
	}
	return nil
}

func fits(schema *openapi3.Schema, value any) bool {
	return schema.VisitJSON(value, openapi3.FailFast(), formats) == nil
}
