package article

import "strings"

// months are the names of the twelve months, lower case, in the languages of
// the outlets that are watched, with the cases and short forms that dates use.
var months = monthTable(
	"january jan januar jänner janvier janv enero ene janeiro gennaio gen januari января январь янв січня ocak يناير stycznia styczeń",
	"february feb febr februar février fevrier févr fév febrero fevereiro fev febbraio februari февраля февраль фев февр лютого şubat فبراير lutego luty",
	"march mar märz maerz mär mrz mars marzo março marco maart марта март мар березня mart مارس marca marzec",
	"april apr avril avr abril abr aprile апреля апрель апр квітня nisan أبريل kwietnia kwiecień",
	"may mai mayo maio maggio mag mei мая май травня mayıs مايو maja maj",
	"june jun juni juin junio junho giugno giu июня июнь июн червня haziran يونيو czerwca czerwiec",
	"july jul juli juillet juil julio julho luglio lug июля июль июл липня temmuz يوليو lipca lipiec",
	"august aug août aout agosto ago augustus августа август авг серпня ağustos أغسطس sierpnia sierpień",
	"september sep sept septembre septiembre setiembre setembro set settembre сентября сентябрь сен сент вересня eylül سبتمبر września wrzesień",
	"october oct oktober okt octobre octubre outubro out ottobre ott октября октябрь окт жовтня ekim أكتوبر października październik",
	"november nov novembre noviembre novembro ноября ноябрь ноя нояб листопада kasım نوفمبر listopada listopad",
	"december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre декабря декабрь дек грудня aralık ديسمبر grudnia grudzień",
)

func monthTable(names ...string) map[string]int {
	table := make(map[string]int, 256)
	for i, list := range names {
		for name := range strings.FieldsSeq(list) {
			table[name] = i + 1
		}
	}
	return table
}

// units are the marks that follow a number in Chinese, Japanese and Korean
// dates and times.
var units = map[string]rune{
	"年": 'y', "년": 'y', "月": 'm', "월": 'm', "日": 'd', "일": 'd', "号": 'd', "號": 'd',
	"时": 'H', "時": 'H', "点": 'H', "點": 'H', "시": 'H', "分": 'M', "분": 'M', "秒": 'S', "초": 'S',
}

// halves are the marks of the half of the day: +12 hours for true.
var halves = map[string]bool{
	"am": false, "pm": true, "上午": false, "下午": true, "晚上": true, "凌晨": false, "早上": false,
	"午前": false, "午後": true, "오전": false, "오후": true,
}
