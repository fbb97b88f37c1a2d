package message

import "strings"

// Text prints the document as plain text: the body of a Matrix event, the
// fallback of a Slack message, the page of a test. It cleans first. Actions and
// files are the network's to show.
func Text(m Message) string {
	m = Clean(m)
	var out strings.Builder
	out.WriteString(m.Headline)
	last := BlockKind(0)
	for _, b := range m.Blocks {
		if out.Len() > 0 {
			out.WriteString("\n")
			if parted(last, b.Kind) {
				out.WriteString("\n")
			}
		}
		out.WriteString(line(b))
		last = b.Kind
	}
	return out.String()
}

// parted tells where an empty line helps the eye.
func parted(before, now BlockKind) bool {
	return now == Heading || now == Code || before == Code
}

func line(b Block) string {
	s := strings.TrimRight(PlainRuns(b.Text), " ")
	switch b.Kind {
	case Quote:
		return "> " + s
	case Item:
		return "- " + s
	case Divider:
		return "---"
	}
	return s
}

// PlainRuns is the text of runs with the address of a link behind it.
func PlainRuns(runs []Inline) string {
	var out strings.Builder
	for _, r := range runs {
		out.WriteString(r.Text)
		if r.Style == Link && r.URL != "" && r.URL != r.Text {
			out.WriteString(" (" + r.URL + ")")
		}
	}
	return out.String()
}

// text is the text of runs alone.
func text(runs []Inline) string {
	var out strings.Builder
	for _, r := range runs {
		out.WriteString(r.Text)
	}
	return out.String()
}
