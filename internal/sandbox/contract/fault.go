package contract

import (
	"errors"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// fault is a violation before it is known where it belongs.
type fault struct {
	path   []string
	reason string
}

func (f fault) pointer() string {
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	var b strings.Builder
	for _, key := range f.path {
		b.WriteString("/" + escape.Replace(key))
	}
	return b.String()
}

// faults takes an error of the validator apart. For a value that fits none of
// several alternatives it names what is wrong with the closest one, since the
// validator itself says no more than that none fits.
func faults(err error) []fault {
	var several openapi3.MultiError
	if errors.As(err, &several) {
		var all []fault
		for _, each := range several {
			all = append(all, faults(each)...)
		}
		return all
	}
	var schemaError *openapi3.SchemaError
	if !errors.As(err, &schemaError) {
		return []fault{{reason: err.Error()}}
	}
	path := schemaError.JSONPointer()
	if schemaError.SchemaField == "allOf" || schemaError.SchemaField == "anyOf" {
		if nested := within(path, schemaError); len(nested) > 0 {
			return nested
		}
	}
	return []fault{{path: path, reason: shortened(schemaError.Reason)}}
}

// shortened keeps a list of some fifty allowed values from burying the rest.
func shortened(reason string) string {
	const most = 200
	if len(reason) <= most {
		return reason
	}
	return reason[:most] + " …"
}

// within looks into the parts that a composed schema is made of.
func within(path []string, failed *openapi3.SchemaError) []fault {
	var found []fault
	for _, part := range failed.Schema.AllOf {
		found = append(found, validate(part.Value, failed.Value)...)
	}
	if len(found) == 0 {
		found = closest(failed.Schema.AnyOf, failed.Value)
	}
	for i := range found {
		found[i].path = slices.Concat(path, found[i].path)
	}
	return found
}

// closest returns the faults of the alternative that has the fewest.
func closest(alternatives openapi3.SchemaRefs, value any) []fault {
	var best []fault
	for i, alternative := range alternatives {
		found := validate(alternative.Value, value)
		if i == 0 || len(found) < len(best) {
			best = found
		}
	}
	return best
}
