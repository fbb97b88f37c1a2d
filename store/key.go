package store

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"attribot/feeds/statement"
	"attribot/store/claim"
)

// The key prefixes. doc.go has the table that explains them.
const (
	pSchema    = "!schema"
	pNext      = "!next/"
	pArticle   = "a/"
	pText      = "at/"
	pPrint     = "af/"
	pURL       = "au/"
	pMention   = "m/"
	pStatement = "s/"
	pBriefing  = "sb/"
	pVoice     = "sv/"
	pDay       = "sd/"
	pSearch    = "si/"
	pClaim     = "c/"
	pClaimKey  = "ck/"
	pPosition  = "p/"
	pStory     = "y/"
	pStoryOn   = "yc/"
	pEvent     = "e/"
	pWaiting   = "w/"
	pCursor    = "u/"
	pSource    = "uh/"
	pSub       = "b/"
	pPost      = "l/"
	pQueue     = "lq/"
	pPostStory = "ls/"
	pAudit     = "x/"
	pAuditOf   = "xr/"
	pAnswer    = "xa/"
	pMute      = "v/"
)

// sep parts the text fields of a key; fields never hold it (see clean).
const sep = "\x00"

// The letters of the numbered records' ids.
const (
	letterStatement    = 'S'
	letterClaim        = 'C'
	letterStory        = 'Y'
	letterEvent        = 'E'
	letterSubscription = 'B'
	letterMute         = 'M'
	letterPost         = 'P'
	letterAudit        = 'X'
	letterAnswer       = 'A'
)

// idOf writes a number as people write it: "S12".
func idOf(letter byte, n uint64) string { return string(letter) + strconv.FormatUint(n, 10) }

// numberOf reads what idOf writes; zero for anything else, which no record has.
func numberOf(letter byte, id string) uint64 {
	digits, ok := strings.CutPrefix(id, string(letter))
	if !ok || len(digits) == 0 || digits[0] == '0' || digits[0] == '+' {
		return 0
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// numKey is a prefix and a number that sorts as bytes.
func numKey(prefix string, n uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte(prefix), n)
}

// tailNumber is the number at a key's end.
func tailNumber(key []byte) uint64 {
	if len(key) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(key[len(key)-8:])
}

func textKey(prefix string, fields ...string) []byte {
	cleaned := make([]string, len(fields))
	for i, f := range fields {
		cleaned[i] = clean(f)
	}
	return []byte(prefix + strings.Join(cleaned, sep))
}

// clean keeps a foreign text from forging the parts of a key, and a key within
// the engine's bound.
func clean(s string) string {
	const longest = 2000
	if len(s) > longest {
		s = s[:longest]
	}
	return strings.ReplaceAll(s, sep, " ")
}

// after is the first key behind all that begin with prefix.
func after(prefix []byte) []byte {
	end := append([]byte{}, prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		end[i]++
		if end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// dayKey sorts days: "20241014", with zeros for what a date leaves open.
func dayKey(d statement.Date) string {
	return fmt.Sprintf("%04d%02d%02d", d.Year, d.Month, d.Day)
}

func claimNumber(id claim.ID) uint64           { return numberOf(letterClaim, string(id)) }
func statementNumber(id StatementID) uint64    { return numberOf(letterStatement, string(id)) }
func storyNumber(id StoryID) uint64            { return numberOf(letterStory, string(id)) }
func statementKey(id StatementID) []byte       { return numKey(pStatement, statementNumber(id)) }
func claimKey(id claim.ID) []byte              { return numKey(pClaim, claimNumber(id)) }
func storyKey(id StoryID) []byte               { return numKey(pStory, storyNumber(id)) }
func positionPrefix(id claim.ID) []byte        { return numKey(pPosition, claimNumber(id)) }
func positionKey(id claim.ID, p string) []byte { return append(positionPrefix(id), clean(p)...) }
