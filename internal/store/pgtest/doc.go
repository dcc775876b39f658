// Package pgtest gives tests a throwaway PostgreSQL server on loopback, from
// the programs that Debian's package postgresql installs.
//
// Database is what most tests need: a new, empty database on one server that
// the test process starts when it is first asked for, and that ends with the
// process, however that ends: a shell holds the server and waits on a pipe that
// the kernel closes. Start gives a server of one's own.
//
// As root the server runs as the user postgres, since it refuses root.
package pgtest
