package index

import (
	"strings"
	"unicode/utf8"
)

// foreign gives the English term for words of the field in other languages, so
// that a statement read in Chinese or Russian meets claims written in English.
// Only what tells claims apart stands here. Words of scripts without spaces are
// known by pairs of characters.
var foreign = translations(`
website: сайт сайты сайтов сайта сайтам сайту вебсайт вебсайти 网站 웹사이 사이 sitio sitios sito siti webseite webseiten
vaccine: вакцина вакцины вакцине вакцин вакцину 疫苗 백신 ワクチ vacuna vacunas vaccino vaccini vaccin impfstoff
ransomware: вымогатель вымогатели вымогательское 勒索 랜섬 ランサ rescate
hacker: хакер хакеры хакеров хакеры хакерская хакерские хакерских кибератака кибератаки кибератак кибератаку взлом взлома взлому взломе взломали хакери хакерів зламу 黑客 骇客 駭客 入侵 网攻 해커 해킹 ハッカ hackeo piratas attacchi attacco ataques ataque ciberataque ciberataques ciberataques cyberattaque cyberangriff cyberangriffe hackerangriff piratage
espionage: шпионаж шпионажа шпионажу 间谍 窃密 間諜 첩보 espionaje spionaggio espionnage spionage
surveillance: слежка слежки слежку прослушка прослушки 监控 監控 监视 窃听 竊聽 감시 도청 vigilancia sorveglianza überwachung
telecom: телеком операторы связи 电信 電信 运营 통신 telecomunicaciones telecomunicazioni télécommunications
election: выборы выборов выборах вибори выборы 选举 選舉 大选 선거 elecciones elezioni élections wahl wahlen
parliament: парламент парламента парламенту парламенте бундестаг 议会 議會 国会 의회 국회 parlamento parlement
court: суд суды судов судебная 法院 법원 사법 tribunal tribunales tribunale tribunali gericht
university: университет университета университету 大学 대학 universidad università université universität
infrastructure: инфраструктура инфраструктуры 基础 设施 基建 인프 기반 infraestructura infrastruttura infrastrukturen
power: энергетика энергосистема энергосистемы электросети 电网 電網 电力 전력 electricidad elettricità strom
bank: банк банка банки банков 银行 銀行 은행 banco banca banque
cryptocurrency: криптовалюта криптовалюты криптобиржа биржа биржи 加密 虚拟 货币 암호 화폐 가상 자산 업비 criptomonedas criptovalute
satellite: спутник спутники спутниковая спутниковую 卫星 衛星 위성 satélite satellite satellit
embassy: посольство посольства 使馆 大使 대사 embajada ambasciata ambassade botschaft
ministry: министерство министерства міністерство 部门 ministerio ministero ministère
foreign: иностранных закордонних 外交 외교 외무
defence: обороны 国防 國防 국방 defensa difesa défense verteidigung
company: компания компании компанию 公司 企业 회사 기업 empresa empresas azienda société unternehmen
research: исследования исследований 研究 연구 investigación ricerca recherche forschung
disinformation: дезинформация дезинформации дезинформацию 虚假 信息 허위 정보 desinformación disinformazione désinformation
frame: подставить 栽赃 嫁祸 陷害 누명 incriminar incastrare
budget: бюджет бюджета бюджеты 预算 예산 presupuesto presupuestos bilancio haushalt
contract: контракт контракты контрактов 合同 계약 contrato contratos contratto
cable: кабель кабели кабелей 光缆 电缆 케이 cables cavi kabel
submarine: подводных подводные 海底 해저 submarinos sottomarini unterseekabel
guam: гуам гуама 关岛 괌
ally: союзник союзники союзников 盟友 盟国 동맹 aliados alleati alliés verbündete
exchange: 거래 交易
mail: почта почты почту 邮件 邮箱 이메 메일 correo correos posta
server: сервер серверы серверов серверам 服务 서버 servidor servidores servidores serveurs
microsoft: майкрософт 微软 微軟 마이 마이크
sanction: санкции санкций санкция 制裁 제재 sanciones sanzioni sanktionen
nuclear: ядерный ядерные 核电 核能 원자 핵시 nuclear nucleare
police: полиция полиции 警察 警方 경찰 policía polizia polizei
security: безопасности 安全 안보 seguridad sicurezza sécurité sicherheit
expert: эксперт эксперты экспертов 专家 專家 전문 experto expertos esperti experten
time: 授时
winter: 冬会 亚冬 冬季
quake: 地震
sabotage: саботаж диверсия диверсии 破坏 sabotaje sabotaggio
group: группа группы группировка группировки 组织 組織 团伙 조직 그룹 grupo gruppo groupe gruppe
strings: 字符
backdoor: бэкдор 后门 後門 백도 puerta
spyware: шпионская 스파
charges: обвинения обвинений обвинение звинувачення 指控 指责 抹黑 污蔑 혐의 acusaciones accuse accuses anschuldigungen
`)

func translations(lines string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(lines) {
		head, words, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		english := string(stem([]byte(head)))
		for _, w := range strings.Fields(words) {
			if first, _ := utf8.DecodeRuneInString(w); !isGlyph(first) {
				w = string(stem(fold(nil, w)))
			}
			if w != english {
				m[w] = english
			}
		}
	}
	return m
}
