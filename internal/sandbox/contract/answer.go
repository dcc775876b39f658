package contract

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

func (c *checking) answer() {
	c.redirect()
	described := c.operation.route.Operation.Responses.Status(c.exchange.Status)
	if described == nil {
		c.generalAnswer()
		return
	}
	c.answerHeaders()
	part := fmt.Sprintf("answer %d", c.exchange.Status)
	switch empty := len(c.exchange.ResponseBody) == 0; {
	case c.exchange.Status == http.StatusNotModified:
		c.notModified()
	case len(described.Value.Content) > 0:
		c.bodyFaults(part, described.Value.Content, c.exchange.ResponseHeader, c.exchange.ResponseBody)
	case !empty && c.exchange.Status >= http.StatusBadRequest:
		c.errorBody(part)
	case !empty:
		c.report(part, "has a body, and none is described")
	}
}

// generalAnswer checks an answer whose status the operation does not list.
func (c *checking) generalAnswer() {
	part := fmt.Sprintf("answer %d", c.exchange.Status)
	switch {
	case !c.mayAnswer(c.exchange.Status):
		c.report(part, "status is not described for this operation")
	case c.exchange.Status == http.StatusNotModified:
		c.notModified()
	case c.exchange.Status >= http.StatusInternalServerError && !isJSON(c.exchange.ResponseHeader.Get("Content-Type")):
		// GitHub's front end answers for a back end that does not, in HTML or not at all.
	default:
		c.errorBody(part)
	}
}

// redirect checks that an answer which sends the client elsewhere says where.
func (c *checking) redirect() {
	switch c.exchange.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect:
		if c.exchange.ResponseHeader.Get("Location") == "" {
			c.report(fmt.Sprintf("answer %d header", c.exchange.Status), "Location is missing")
		}
	}
}

// notModified checks a 304: without a body, and only where one was asked for.
func (c *checking) notModified() {
	const part = "answer 304"
	if len(c.exchange.ResponseBody) > 0 {
		c.report(part, "has a body")
	}
	header := c.exchange.RequestHeader
	if header.Get("If-None-Match") == "" && header.Get("If-Modified-Since") == "" {
		c.report(part, "the request was not conditional")
	}
}

// errorBody checks the plain error that GitHub gives where nothing else is said.
func (c *checking) errorBody(part string) {
	media := openapi3.NewMediaType().WithSchema(c.operation.basicError)
	c.bodyFaults(part, openapi3.Content{"application/json": media}, c.exchange.ResponseHeader, c.exchange.ResponseBody)
}

// answerHeaders checks the headers that the description mentions.
func (c *checking) answerHeaders() {
	input := c.filterInput()
	err := openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input,
		Status:                 c.exchange.Status,
		Header:                 c.exchange.ResponseHeader,
		Options:                input.Options,
	})
	if err == nil {
		return
	}
	part, reason := fmt.Sprintf("answer %d header", c.exchange.Status), err.Error()
	var failed *openapi3filter.ResponseError
	if errors.As(err, &failed) {
		reason = strings.TrimSpace(failed.Reason)
	}
	c.report(part, reason)
}
