package pages

import "slices"

// changeLabels puts on what was ticked and takes off what was unticked since the
// form was made, and leaves alone what others changed.
func changeLabels(v *visit) (string, error) {
	on, off := v.picked()
	if len(on) > 0 {
		if err := v.hands().Label(v.repo, v.number(), on...); err != nil {
			return "", err
		}
	}
	if len(off) > 0 {
		return "", v.hands().Unlabel(v.repo, v.number(), off...)
	}
	return "", nil
}

func changeAssignees(v *visit) (string, error) {
	on, off := v.picked()
	if len(on) > 0 {
		if err := v.hands().Assign(v.repo, v.number(), on...); err != nil {
			return "", err
		}
	}
	if len(off) > 0 {
		return "", v.hands().Unassign(v.repo, v.number(), off...)
	}
	return "", nil
}

// picked compares what is picked with what was when the form was made.
func (v *visit) picked() (on, off []string) {
	now, was := v.in.PostForm["pick"], v.in.PostForm["was"]
	for _, name := range now {
		if !slices.Contains(was, name) {
			on = append(on, name)
		}
	}
	for _, name := range was {
		if !slices.Contains(now, name) {
			off = append(off, name)
		}
	}
	return on, off
}
