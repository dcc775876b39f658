// Package contract holds HTTP exchanges and webhook payloads against GitHub's
// own OpenAPI description, so that a GitHub made for tests cannot drift from
// the real one. It is imported by tests alone.
//
// A description says more than most validators enforce. Besides types, formats
// and required fields, this package refuses what the description does not
// mention: operations, query parameters, status codes, and fields of requests
// and of answers. The few departures, each with its reason, are in status.go
// (answers GitHub gives without describing them), corrections.go (where its
// document contradicts itself) and prune.go (where the document and the validator
// read OpenAPI 3.0 differently).
//
// The description is not part of the repository: scripts/fetch-specs.sh fetches
// it into .cache/specs.
package contract
