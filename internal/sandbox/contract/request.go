package contract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

func (c *checking) request() {
	c.unknownQuery()
	c.requestParameters()
	c.requestBody()
}

// unknownQuery reports query parameters that the operation does not have.
func (c *checking) unknownQuery() {
	for _, name := range slices.Sorted(maps.Keys(c.exchange.Query)) {
		if c.operation.route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name) == nil {
			c.report("query", fmt.Sprintf("unknown query parameter %q", name))
		}
	}
}

// requestParameters checks the values of path, query and header parameters.
func (c *checking) requestParameters() {
	err := openapi3filter.ValidateRequest(context.Background(), c.filterInput())
	var several openapi3.MultiError
	if !errors.As(err, &several) && err != nil {
		several = openapi3.MultiError{err}
	}
	for _, err := range several {
		var failed *openapi3filter.RequestError
		if !errors.As(err, &failed) || failed.Parameter == nil {
			c.report("request", err.Error())
			continue
		}
		part := fmt.Sprintf("%s parameter %q", failed.Parameter.In, failed.Parameter.Name)
		c.reportAll(part, faults(failed.Err))
	}
}

// filterInput is the request as the validator takes it. Bodies are left out,
// for they are checked here, request and answer alike.
func (c *checking) filterInput() *openapi3filter.RequestValidationInput {
	return &openapi3filter.RequestValidationInput{
		Request: &http.Request{
			Method: c.exchange.Method,
			URL:    &url.URL{Path: c.operation.route.Path, RawQuery: c.exchange.Query.Encode()},
			Header: c.exchange.RequestHeader.Clone(),
		},
		PathParams:  c.parameters,
		QueryParams: c.exchange.Query,
		Route:       &c.operation.route,
		Options: &openapi3filter.Options{
			ExcludeRequestBody:      true,
			ExcludeResponseBody:     true,
			MultiError:              true,
			SkipSettingDefaults:     true,
			SchemaValidationOptions: []openapi3.SchemaValidationOption{formats},
		},
	}
}

func (c *checking) requestBody() {
	const part = "request body"
	described := c.operation.route.Operation.RequestBody
	switch empty := c.sendsNothing(); {
	case described == nil && empty:
	case described == nil:
		c.report(part, "the operation takes none")
	case empty && described.Value.Required:
		if !c.refused() {
			c.report(part, "is required and missing")
		}
	case !empty:
		c.bodyFaults(part, described.Value.Content, c.exchange.RequestHeader, c.exchange.RequestBody)
	}
}

// sendsNothing reports whether there is no request body. A client that encodes
// options which are not given sends null, which GitHub takes for none.
func (c *checking) sendsNothing() bool {
	body := bytes.TrimSpace(c.exchange.RequestBody)
	return len(body) == 0 || string(body) == "null"
}

// refused reports whether the answer says that the request was malformed.
func (c *checking) refused() bool {
	return c.exchange.Status == http.StatusBadRequest || c.exchange.Status == http.StatusUnprocessableEntity
}
