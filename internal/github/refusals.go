package github

import (
	"errors"
	"regexp"
)

// Locked says that an issue takes no comments since it is locked.
func Locked(err error) bool { return Is(err, Forbidden) && says(err, lockedWords) }

// Archived says that nothing can be written since the repository is archived.
func Archived(err error) bool { return Is(err, Forbidden) && says(err, archivedWords) }

// IssuesOff says that the repository has its issues switched off.
func IssuesOff(err error) bool { return Is(err, Gone) && says(err, disabledWords) }

// GitHub tells these apart in words only, as it answers:
//
//	403 Unable to create comment because issue is locked.
//	403 Repository was archived so is read-only.
//	410 Issues are disabled for this repo
var (
	lockedWords   = regexp.MustCompile(`(?i)\blocked\b`)
	archivedWords = regexp.MustCompile(`(?i)\barchived\b`)
	disabledWords = regexp.MustCompile(`(?i)\bdisabled\b`)
)

func says(err error, words *regexp.Regexp) bool {
	var f *Fault
	return errors.As(err, &f) && words.MatchString(f.Message)
}
