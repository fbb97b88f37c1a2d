package article

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// byteOrders are the byte order marks, longer ones first.
var byteOrders = []struct {
	mark string
	enc  encoding.Encoding // nil = UTF-8
}{
	{"\x00\x00\xfe\xff", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xff\xfe\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\xef\xbb\xbf", nil},
	{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
}

// starts are how "<?xm" or "<" looks without a byte order mark (XML 1.0,
// appendix F).
var starts = []struct {
	start string
	enc   encoding.Encoding
}{
	{"\x00\x00\x00<", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"<\x00\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\x00<\x00", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{"<\x00", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
}

var (
	xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)
	metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})`)
)

// toUTF8 is the body in UTF-8, with what cannot be read as U+FFFD. A byte order
// mark decides first, then UTF-8 that holds up (servers announce wrong charsets
// more often than another encoding is valid UTF-8 by chance), then the header,
// then the document's own declaration, then windows-1252.
func toUTF8(body []byte, contentType string) []byte {
	for _, m := range byteOrders {
		if rest, ok := bytes.CutPrefix(body, []byte(m.mark)); ok {
			if m.enc == nil {
				return validUTF8(rest)
			}
			return decodeBytes(m.enc, rest)
		}
	}
	for _, s := range starts {
		if bytes.HasPrefix(body, []byte(s.start)) {
			return decodeBytes(s.enc, body)
		}
	}
	declared := declaredEncoding(body, contentType)
	if isASCIIOver(declared) || utf8.Valid(body) {
		return decodeSevenBit(declared, body)
	}
	if declared == nil {
		declared = fallback(body)
	}
	return decodeBytes(declared, body)
}

// fallback is for a body that is not UTF-8 and declares nothing, or UTF-8.
func fallback(body []byte) encoding.Encoding {
	if mostlyUTF8(body) {
		return encoding.Nop
	}
	enc, _ := charset.Lookup("windows-1252")
	return enc
}

// mostlyUTF8 tells UTF-8 with a few broken bytes from another encoding.
func mostlyUTF8(body []byte) bool {
	good, bad := 0, 0
	for len(body) > 0 {
		r, size := utf8.DecodeRune(body)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		body = body[size:]
	}
	return good > 4*bad
}

// declaredEncoding is what header or document name; nil for UTF-8, none, or a
// name that nobody knows.
func declaredEncoding(body []byte, contentType string) encoding.Encoding {
	names := []string{}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		names = append(names, params["charset"])
	}
	head := body[:min(len(body), 2048)]
	for _, pattern := range []*regexp.Regexp{xmlEncoding, metaCharset} {
		if found := pattern.FindSubmatch(head); found != nil {
			names = append(names, string(found[1]))
		}
	}
	for _, name := range names {
		enc, canonical := charset.Lookup(strings.TrimSpace(name))
		switch {
		case enc == nil || canonical == "utf-8" || canonical == "replacement":
		case strings.HasPrefix(canonical, "utf-16"): // it was readable as ASCII: it cannot be
		default:
			return enc
		}
	}
	return nil
}

// isASCIIOver tells the encodings whose bytes are all ASCII, so that valid
// UTF-8 proves nothing.
func isASCIIOver(enc encoding.Encoding) bool {
	if enc == nil {
		return false
	}
	jp, _ := charset.Lookup("iso-2022-jp")
	return enc == jp
}

func decodeSevenBit(enc encoding.Encoding, body []byte) []byte {
	if isASCIIOver(enc) {
		return decodeBytes(enc, body)
	}
	return body
}

func decodeBytes(enc encoding.Encoding, body []byte) []byte {
	if enc == encoding.Nop {
		return validUTF8(body)
	}
	decoded, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return validUTF8(body)
	}
	return decoded
}

func validUTF8(body []byte) []byte {
	if utf8.Valid(body) {
		return body
	}
	return bytes.ToValidUTF8(body, []byte("\uFFFD"))
}
