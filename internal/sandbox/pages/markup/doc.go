// Package markup turns GitHub flavoured Markdown into HTML that a page may show,
// whoever wrote it, and finds the boxes of its task lists in the source.
//
// Safety does not hang on finding what is bad. What Markdown itself produces is
// well formed; of raw HTML only six harmless elements pass, without attributes;
// every address is judged; and the whole is built into one balanced tree before
// it is written, so that nothing in a text can end the element around it.
package markup
