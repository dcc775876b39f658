package contract

import (
	"maps"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// unknownFields finds the fields of a value that its schema does not mention,
// which OpenAPI allows and this package does not. The value must have been
// validated: one of a wrong type is passed over here.
func unknownFields(schema *openapi3.Schema, value any) []fault {
	return unknownIn([]*openapi3.Schema{schema}, value, nil)
}

func unknownIn(schemas []*openapi3.Schema, value any, at []string) []fault {
	var s shape
	for _, schema := range schemas {
		s.add(schema, value)
	}
	return s.unknown(value, at)
}

// shape is what the schemas that hold for one value say about its fields:
// "allOf" and the alternatives that fit, flattened into parts.
type shape struct {
	parts []*openapi3.Schema
	// choices are lists of alternatives of which one is meant to fit alone.
	choices [][]*openapi3.Schema
}

// add flattens a schema into the shape. Alternatives that do not fit the value
// contribute nothing, as their fields are not fields of this value; but where
// none fits, that is a fault by itself and makes no field an unknown one.
func (s *shape) add(schema *openapi3.Schema, value any) {
	s.parts = append(s.parts, schema)
	for _, part := range schema.AllOf {
		s.add(part.Value, value)
	}
	fitting := alternatives(schema, value)
	if exclusive, _ := schema.Extensions[exclusiveKey].(bool); exclusive && len(fitting) > 0 {
		s.choices = append(s.choices, fitting)
		return
	}
	for _, alternative := range fitting {
		s.add(alternative, value)
	}
}

// alternatives are those that fit the value, or all of them if none does.
func alternatives(schema *openapi3.Schema, value any) []*openapi3.Schema {
	var all, fitting []*openapi3.Schema
	for _, alternative := range schema.AnyOf {
		all = append(all, alternative.Value)
		if fits(alternative.Value, value) {
			fitting = append(fitting, alternative.Value)
		}
	}
	if len(fitting) == 0 {
		return all
	}
	return fitting
}

func (s *shape) unknown(value any, at []string) []fault {
	if len(s.choices) > 0 {
		return s.chosen(value, at)
	}
	var found []fault
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			here := append(slices.Clone(at), name)
			schemas, known := s.field(name)
			if !known {
				found = append(found, fault{path: here, reason: "unknown field"})
				continue
			}
			found = append(found, unknownIn(schemas, value[name], here)...)
		}
	case []any:
		for i, item := range value {
			found = append(found, unknownIn(s.items(), item, append(slices.Clone(at), strconv.Itoa(i)))...)
		}
	}
	return found
}

// chosen tries each alternative of the first choice together with all else that
// is said, and returns the faults of the one that leaves the fewest.
func (s *shape) chosen(value any, at []string) []fault {
	var best []fault
	for i, alternative := range s.choices[0] {
		t := shape{parts: slices.Clone(s.parts), choices: slices.Clone(s.choices[1:])}
		t.add(alternative, value)
		found := t.unknown(value, at)
		if i == 0 || len(found) < len(best) {
			best = found
		}
	}
	return best
}

// field returns the schemas that describe a field, and whether it is known.
// Where nothing at all is said about fields, as about the payload of a
// deployment, the object is free in form and every field known.
func (s *shape) field(name string) (schemas []*openapi3.Schema, known bool) {
	described := false
	for _, part := range s.parts {
		additional := part.AdditionalProperties
		described = described || len(part.Properties) > 0 || additional.Has != nil || additional.Schema != nil
		if property, ok := part.Properties[name]; ok {
			schemas, known = append(schemas, property.Value), true
		} else if additional.Schema != nil {
			schemas, known = append(schemas, additional.Schema.Value), true
		} else if additional.Has != nil && *additional.Has {
			known = true
		}
	}
	return schemas, known || !described
}

func (s *shape) items() (schemas []*openapi3.Schema) {
	for _, part := range s.parts {
		if part.Items != nil {
			schemas = append(schemas, part.Items.Value)
		}
	}
	return schemas
}
