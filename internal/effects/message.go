package effects

import "fmt"

func (p *page) message() (string, error) {
	return fmt.Sprintf("Post-mortem of incident %d\n\nFrom %s", p.inc.Place.Number, p.inc.Place.URL), nil
}
