package workflow

// rememberTicks keeps the boxes that were known to be ticked at any time since
// the checklist was written last. What the comment shows of them is no news when
// it is read again, also if another word unticked them meanwhile.
func (d *decision) rememberTicks() {
	for id, ticked := range d.rules.BoxesShown(d.inc) {
		if ticked {
			d.rememberTick(id)
		}
	}
}

func (d *decision) rememberTick(id string) {
	if d.inc.Checklist.Shown == nil {
		d.inc.Checklist.Shown = map[string]bool{}
	}
	d.inc.Checklist.Shown[id] = true
}
