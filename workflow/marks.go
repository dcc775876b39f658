package workflow

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Hidden marks begin what Firebreak writes besides checklist and page, so that
// it is found again. Anybody can copy one: the author has to be looked at too.

// FollowUpMark is how the text of every follow-up starts.
const FollowUpMark = "<!-- firebreak:follow-up v1 "

var followUpMark = regexp.MustCompile(`^<!-- firebreak:follow-up v1 incident=(\d+/\d+) action=([a-z0-9-]+) -->`)

// MarkFollowUp returns the mark of an action item's follow-up.
func MarkFollowUp(incident Key, action string) string {
	return fmt.Sprintf("%sincident=%s action=%s -->", FollowUpMark, incident, action)
}

// ReadFollowUpMark returns which incident and action item a follow-up is for.
func ReadFollowUpMark(body string) (incident, action string, ok bool) {
	m := followUpMark.FindStringSubmatch(body)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

const replyMark = "<!-- firebreak:reply v1 comment="

// MarkReply returns the mark of the reply to a comment.
func MarkReply(comment int64) string { return fmt.Sprintf("%s%d -->", replyMark, comment) }

// ReadReplyMark returns which comment a reply answers.
func ReadReplyMark(body string) (comment int64, ok bool) {
	rest, ok := strings.CutPrefix(body, replyMark)
	id, _, closed := strings.Cut(rest, " -->")
	comment, err := strconv.ParseInt(id, 10, 64)
	return comment, ok && closed && err == nil
}

// MarkStandIn returns the mark of the comment that stands in for the wiki page.
func MarkStandIn(incident Key) string {
	return fmt.Sprintf("<!-- firebreak:post-mortem-comment v1 incident=%s -->", incident)
}
