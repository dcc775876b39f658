// Package pages shows a sandbox in a browser: its repositories, their issues and
// their wikis, at the addresses that github.com gives them, to look at and to act
// in as one of the sandbox's people. No other of GitHub's pages is there.
//
// Everything works without scripts. With them, boxes submit themselves and an
// issue follows what happens to it.
package pages
