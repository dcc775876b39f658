package wiki

import (
	"bytes"
	"fmt"

	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// unpack puts a pack's objects into store, once it is known that they fit.
func unpack(store storer.Storer, pack []byte, most int64) error {
	if err := checkUnpacked(pack, most); err != nil {
		return err
	}
	if err := packfile.UpdateObjectStorage(store, bytes.NewReader(pack)); err != nil {
		return fmt.Errorf("unpack objects: %w", err)
	}
	return nil
}

// maxObjects bounds how many objects a pack may have. Each takes its place in
// memory whatever it weighs, and a pack of 64 MiB holds millions of empty ones.
const maxObjects = 100_000

// checkUnpacked adds up what a pack's objects weigh in memory. A few kilobytes
// of pack can claim gigabytes, as zeros or as deltas of one another, and go-git
// unpacks into memory without a bound.
func checkUnpacked(pack []byte, most int64) error {
	scan := packfile.NewScanner(bytes.NewReader(pack))
	_, count, err := scan.Header()
	if err != nil {
		return fmt.Errorf("read pack header: %w", err)
	}
	if count > maxObjects {
		return ErrTooLarge
	}
	var total int64
	for range count {
		size, err := nextSize(scan, most-total)
		if err != nil {
			return err
		}
		if total += size; total > most {
			return ErrTooLarge
		}
	}
	return nil
}

// nextSize passes over one object and gives its size, a delta's with its
// result's. An object that claims more than room is not inflated.
func nextSize(scan *packfile.Scanner, room int64) (int64, error) {
	header, err := scan.NextObjectHeader()
	if err != nil {
		return 0, fmt.Errorf("read object header: %w", err)
	}
	if header.Length < 0 || header.Length > room {
		return 0, ErrTooLarge
	}
	var start firstBytes
	if _, _, err := scan.NextObject(&start); err != nil {
		return 0, fmt.Errorf("read object: %w", err)
	}
	if !header.Type.IsDelta() {
		return header.Length, nil
	}
	result := deltaResult(start.kept)
	if result > room {
		return 0, ErrTooLarge
	}
	return header.Length + result, nil
}

// firstBytes keeps the beginning of what is written to it: enough for the two
// sizes that a delta starts with.
type firstBytes struct{ kept []byte }

func (f *firstBytes) Write(p []byte) (int, error) {
	const enough = 20
	if room := enough - len(f.kept); room > 0 {
		f.kept = append(f.kept, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

// deltaResult reads the size of a delta's result: the second of two numbers of
// seven bits a byte, lowest first. One too long to be true is the largest number.
func deltaResult(delta []byte) int64 {
	_, rest := deltaNumber(delta)
	result, _ := deltaNumber(rest)
	return result
}

func deltaNumber(b []byte) (int64, []byte) {
	const largest = 1<<63 - 1
	var n int64
	for i, c := range b {
		if i > 8 {
			return largest, nil
		}
		n |= int64(c&0x7f) << (7 * i)
		if c&0x80 == 0 {
			return n, b[i+1:]
		}
	}
	return n, nil
}
