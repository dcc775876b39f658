// Package sandbox is a GitHub on loopback: enough of its REST API, webhooks and
// wikis for a GitHub App to run an incident against it over HTTP.
//
// Start gives a Sandbox. Its world is filled by AddUser, AddRepo and Grant;
// people act through As, with the permissions that github.com would give them;
// the App acts through the API at APIURL with installation tokens, and through
// git at WebURL. What anybody changes is sent to the App as signed webhooks.
//
// It is a test double that must not flatter: an operation it does not know is
// answered 501 and listed by Unknown, bodies carry every property that GitHub's
// OpenAPI description requires, and refusals come with GitHub's status codes and
// texts. Where GitHub itself is lenient or undocumented, it takes the stricter
// reading, so that what works here works there.
//
// One mutex guards everything (Sandbox.mu). Each request and each person's act is
// one critical section, so that answers and webhooks show one consistent state.
package sandbox
