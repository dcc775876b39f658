package github

import (
	"errors"
	"regexp"
)

// Locked says that an issue takes no comments since it is locked.
func Locked(err error) bool { return Is(err, Forbidden) && says(err, lockedWords) }

// Archived says that nothing can be written since the repository is archived.
func Archived(err error) bool { return Is(err, Forbidden) && says(err, archivedWords) }

// NoPermission says that the installation lacks a permission for it.
func NoPermission(err error) bool { return Is(err, Forbidden) && says(err, permissionWords) }

// Away says that the App is not installed there, or suspended: it gets no token,
// or the one that it has counts no longer.
func Away(err error) bool {
	return Is(err, Uninstalled) || Is(err, Forbidden) && says(err, suspendedWords)
}

// IssuesOff says that the repository has its issues switched off.
func IssuesOff(err error) bool { return Is(err, Gone) && says(err, disabledWords) }

// GitHub tells these apart in words only, as it answers:
//
//	403 Unable to create comment because issue is locked.
//	403 Repository was archived so is read-only.
//	403 Resource not accessible by integration
//	403 This installation has been suspended
//	410 Issues are disabled for this repo
//
// Other words for 403 are an address that is not allowed, or single sign-on.
var (
	lockedWords     = regexp.MustCompile(`(?i)\blocked\b`)
	archivedWords   = regexp.MustCompile(`(?i)\barchived\b`)
	permissionWords = regexp.MustCompile(`(?i)not accessible by integration`)
	suspendedWords  = regexp.MustCompile(`(?i)\bsuspended\b`)
	disabledWords   = regexp.MustCompile(`(?i)\bdisabled\b`)
)

func says(err error, words *regexp.Regexp) bool {
	var f *Fault
	return errors.As(err, &f) && words.MatchString(f.Message)
}
