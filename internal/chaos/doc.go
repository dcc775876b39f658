// Package chaos kills the real program again and again while people work, and
// then asks whether anything that was acknowledged got lost or was done twice.
//
// A run has a sandbox GitHub, one or more processes of the built program behind
// a load balancer, and people who open incidents, tick boxes, put labels on,
// comment commands, close and reopen. Meanwhile deliveries are held back,
// shuffled, repeated, handed to two processes at once; answers are lost on the
// way, in both directions; GitHub refuses, limits and hangs; and processes get
// SIGKILL at the n-th request or delivery. What GitHub does not get a 2xx for is
// delivered again under its id, as somebody would ask GitHub to.
//
// What must come of it is kept by rules of its own (want.go), which share
// nothing with the program's but the names of the boxes: the last word on each
// box counts, each line is on the timeline once, each command is answered once.
// A seed decides what is done and where it hurts.
package chaos
