package pages

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// label is one as it is shown.
type label struct {
	Name, Description, Class string
	On                       bool // put on, in a picker
}

// labelsNamed gives labels by name, those that the repository no longer has
// without colour.
func labelsNamed(all []sandbox.Label, names []string) []label {
	var list []label
	for _, name := range names {
		l := label{Name: name}
		at := slices.IndexFunc(all, func(k sandbox.Label) bool { return strings.EqualFold(k.Name, name) })
		if at >= 0 {
			l = shown(all[at])
		}
		list = append(list, l)
	}
	return list
}

func shown(l sandbox.Label) label {
	return label{Name: l.Name, Description: l.Description, Class: labelClass(l.Color)}
}

var hexColor = regexp.MustCompile(`^[0-9a-f]{6}$`)

// labelClass is the class of a colour; empty for what is none.
func labelClass(color string) string {
	color = strings.ToLower(color)
	if !hexColor.MatchString(color) {
		return ""
	}
	return "label-" + color
}

// stylesOf gives the rules for a repository's labels. They are a file of their
// own because the security policy permits no styles in the page.
func stylesOf(labels []sandbox.Label) string {
	var rules []string
	for _, l := range labels {
		class := labelClass(l.Color)
		if class == "" {
			continue
		}
		ink := "#fff"
		if bright(strings.ToLower(l.Color)) {
			ink = "#1f2328"
		}
		rules = append(rules, fmt.Sprintf(".%s{background:#%s;color:%s}\n", class, strings.ToLower(l.Color), ink))
	}
	slices.Sort(rules)
	return strings.Join(slices.Compact(rules), "")
}

// bright says whether dark letters read better on a colour than white ones, by
// its relative luminance as WCAG 2 defines it.
func bright(hex string) bool {
	part := func(from int) float64 {
		n, _ := strconv.ParseUint(hex[from:from+2], 16, 8)
		return math.Pow((float64(n)/255+0.055)/1.055, 2.4)
	}
	return 0.2126*part(0)+0.7152*part(2)+0.0722*part(4) > 0.2
}

func labelStyles(v *visit) error {
	v.out.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, err := v.out.Write([]byte(stylesOf(v.sb.Labels(v.repo))))
	return err
}
