package claim

import (
	"cmp"
	"fmt"
	"strings"

	"attribot/feeds/statement"
)

// reasons are the signs in words that a person can check.
func (p *pairing) reasons() []string {
	var rs []string
	u, g := p.subject, &p.signs
	if g[SameActor] > 0 {
		rs = append(rs, "same actor "+p.actorWords())
	}
	if g[OtherActor] > 0 {
		rs = append(rs, "names another actor")
	}
	rs = append(rs, p.sideWords()...)
	if g[SameVictim] > 0 {
		rs = append(rs, "victim "+partyNames(p.claim.Victims))
	} else if g[SameVictimSide] > 0 {
		rs = append(rs, "victim's country "+strings.Join(u.harmed, ", "))
	}
	if g[OpposedHarmed] > 0 {
		rs = append(rs, "speaks of the claim's victim, "+strings.Join(u.spoken, ", "))
	}
	if g[SpeakerHarmed] > 0 {
		rs = append(rs, "the speaker's side is the claim's victim")
	}
	if g[OtherVictim] > 0 {
		rs = append(rs, "names another victim")
	}
	if g[SameOperation] > 0 {
		rs = append(rs, "the same operation "+strings.Join(u.op, " "))
	}
	if g[SameTime] > 0 {
		rs = append(rs, fmt.Sprintf("said within %d days of the claim (%s)", max(p.days, -p.days), p.claim.FirstSaid))
	}
	if g[OtherTime] > 0 {
		rs = append(rs, "said before the claim was made ("+p.claim.FirstSaid.String()+")")
	}
	if g[Words] >= 200 || g[ClaimWords] >= 300 {
		rs = append(rs, fmt.Sprintf("shares %d%% of the statement's and %d%% of the claim's words", g[Words]/10, g[ClaimWords]/10))
	}
	if g[Beside] > 0 {
		rs = append(rs, "stands beside a statement on this claim")
	}
	return append(rs, p.stanceWords())
}

func (p *pairing) actorWords() string {
	for _, a := range p.claim.Actors {
		for _, b := range p.subject.said.Actors {
			if a.ID == b.ID && a.ID != "" || a.Name == b.Name {
				return actorName(a, b)
			}
		}
	}
	if len(p.claim.Actors) > 0 && len(p.subject.said.Actors) > 0 {
		return actorName(p.claim.Actors[0], p.subject.said.Actors[0])
	}
	if len(p.claim.Actors) > 0 {
		return p.claim.Actors[0].Name
	}
	return ""
}

// actorName names the claim's actor and, where it differs, the article's word.
func actorName(claimed, said statement.Actor) string {
	as := cmp.Or(said.As, said.Name)
	if as == "" || as == claimed.Name {
		return claimed.Name
	}
	return fmt.Sprintf("%s as %q", claimed.Name, as)
}

func partyNames(ps []statement.Party) string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

func (p *pairing) sideWords() []string {
	accused := partyNames(p.claim.Accused)
	switch p.side {
	case direct:
		return []string{"accused " + accused}
	case reversed:
		return []string{"the claim accuses the speaker's own side, " + accused}
	case opposite:
		if p.signs[OwnCounter] > 0 {
			return []string{"the claim is the speaker's own, against " + accused}
		}
		return []string{"the claim accuses another, " + accused}
	}
	return nil
}

func (p *pairing) stanceWords() string {
	stance := p.subject.said.Stance
	who := cmp.Or(p.subject.said.Speaker.Name, p.subject.said.Speaker.Organisation, "speaker")
	verb := stanceVerbs[stance]
	if verb == "" {
		return who + " speaks of it without a stance"
	}
	return who + " " + verb
}

var stanceVerbs = map[statement.Stance]string{
	statement.Attribute: "attributes it", statement.Accuse: "accuses", statement.Report: "reports it",
	statement.Confirm: "confirms it", statement.Condemn: "condemns it", statement.Sanction: "sanctions for it",
	statement.Indict: "brings charges", statement.Call: "demands", statement.Deny: "denies",
	statement.Rebut: "rejects the accusation", statement.Doubt: "doubts it", statement.NoComment: "does not comment",
	statement.Retract: "takes it back", statement.CounterAccuse: "accuses in return",
	statement.Alternative: "names another culprit", statement.ClaimResponsibility: "claims responsibility",
}
