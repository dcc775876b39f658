package workflow

import "maps"

// Absorb adds what is known of the same issue under the key it moved to: news of
// it there may arrive before the news that it moved. The newer of two facts
// counts.
func (i Incident) Absorb(there Incident) Incident {
	i = i.clone()
	for id, m := range there.Marks {
		if was, known := i.Marks[id]; !known || was.At.Before(m.At) {
			i.Marks = with(i.Marks, id, m)
		}
	}
	for role, p := range there.Roles {
		i.Roles = with(i.Roles, role, p)
	}
	if there.SeverityAt.After(i.SeverityAt) {
		i.Severity, i.SeverityAt = there.Severity, there.SeverityAt
		i.Severities = append(i.Severities, there.Severities...)
	}
	i.Trusted = i.Trusted || there.Trusted
	i.Seen, i.Failed = union(i.Seen, there.Seen), union(i.Failed, there.Failed)
	i.Promoted = union(i.Promoted, there.Promoted)
	if !there.HeardAt.IsZero() {
		return i // the rest was rebuilt from what this one knows at first hand
	}
	for _, a := range there.Actions {
		if i.action(a.ID) == nil {
			i.Actions = append(i.Actions, a)
		}
	}
	i.Summary, i.Systems = orElse(there.Summary, i.Summary), orElse(there.Systems, i.Systems)
	i.Impact = append(i.Impact, there.Impact...)
	i.Causes = append(i.Causes, there.Causes...)
	i.Lessons = append(i.Lessons, there.Lessons...)
	i.Postmortem.Requests = append(i.Postmortem.Requests, there.Postmortem.Requests...)
	return i
}

func with[V any](m map[string]V, key string, v V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	m[key] = v
	return m
}

func union[K comparable](a, b map[K]bool) map[K]bool {
	if a == nil {
		return b
	}
	maps.Copy(a, b)
	return a
}
