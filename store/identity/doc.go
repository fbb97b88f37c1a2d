// Package identity decides what is the same: whether two mentions report one
// statement, and whether two articles are copies of one text.
//
// Identity rests on who said what when, never on an address, title or outlet.
// Two mentions are one statement when their speakers agree, their civil dates
// agree (a day more or less, for the zones of those who report), their polarity
// and the parties at issue do not contradict each other, and their contents
// overlap by as much as the rest of the evidence leaves to be shown: much
// between speakers known by country only, little between two mentions of one
// named person that the judge found to stand alike to one stored claim.
//
// The package is pure: no clock, network or store; all figures are integers in
// thousandths, so that every machine decides alike.
package identity
