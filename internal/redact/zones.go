package redact

// zones gives the stretches of a text that have enough digits close together for a
// number of a person, with some characters around. Most lines have none, and dozens
// of expressions need not be tried on them.
func zones(text string) []place { return zonesOf(text, 6) }

func zonesOf(text string, digits int) []place {
	const apart, around = 8, 12
	var list []place
	first, last, n := -1, -1, 0
	end := func() {
		if n >= digits {
			p := place{max(0, first-around), min(len(text), last+1+around)}
			if k := len(list) - 1; k >= 0 && p.start <= list[k].end {
				list[k].end = p.end
			} else {
				list = append(list, p)
			}
		}
		first, n = -1, 0
	}
	for i := range len(text) {
		if !isDigit(text[i]) {
			continue
		}
		if first >= 0 && i-last > apart {
			end()
		}
		if first < 0 {
			first = i
		}
		last, n = i, n+1
	}
	end()
	return list
}
