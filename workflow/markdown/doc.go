// Package markdown makes text from people safe to set into Markdown that
// Firebreak writes: comments, issues and wiki pages on GitHub.
//
// Titles, logins, commands and issue bodies are hostile until they went through
// one of these functions. What comes out cannot open HTML, hide itself in a
// comment, break out of its line, cell or block, pass for one of Firebreak's own
// markers, or notify anybody by an @mention.
//
// Inline, Cell and Link take plain text and show it as it was typed. Line and
// Block take Markdown and keep it Markdown, without the parts that could reach
// beyond it. The functions never fail and accept any bytes; none of them limits
// length, which is for Clip.
package markdown
