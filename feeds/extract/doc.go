// Package extract reads who says that whom is, or is not, responsible for a
// cyber operation out of an article.
package extract
