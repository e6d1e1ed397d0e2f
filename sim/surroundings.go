package sim

import "hiwar/client"

// surroundings is what staff see of a customer beside the conversation: where
// they are, how they came, what the site knows of them.
func surroundings(v Visit, site string) client.Beginning {
	page := map[string]client.Beginning{
		AssetStore:   {Page: site + "/shop/lamps", PageTitle: inLanguage(v.Language, "Lamps – Nakheel Store", "المصابيح – متجر نخيل")},
		AssetAccount: {Page: site + "/shop/account/invoices", PageTitle: inLanguage(v.Language, "My invoices – Nakheel Store", "فواتيري – متجر نخيل")},
		AssetHelp:    {Page: site + "/shop/help", PageTitle: inLanguage(v.Language, "Help – Nakheel Store", "المساعدة – متجر نخيل")},
	}[v.Asset]
	page.BrowserLanguage = inLanguage(v.Language, "en-GB, en", "ar-SA, ar, en")
	page.TimeZone = inLanguage(v.Language, "Europe/London", "Asia/Riyadh")
	known := knownOf[v.Persona]
	page.Phone, page.Referrer, page.Visits = known.phone, known.referrer, known.visits
	page.Answers, page.Attributes = known.answers, known.attributes
	return page
}

func inLanguage(language, en, ar string) string {
	if language == "ar" {
		return ar
	}
	return en
}

// knownOf is what the form and the site know of some of the personas.
var knownOf = map[string]struct {
	phone, referrer     string
	visits              int
	answers, attributes []client.Said
}{
	"sara": {
		phone: "+966 55 123 4567", visits: 7, answers: []client.Said{{Name: "رقم الطلب", Value: "1200-AB/7"}},
		attributes: []client.Said{{Name: "plan", Value: "gold"}, {Name: "orders", Value: "14"}, {Name: "city", Value: "الرياض"}},
	},
	"james": {
		phone: "+44 20 7946 0958", referrer: "https://search.example/shoes", visits: 2,
		attributes: []client.Said{{Name: "plan", Value: "basic"}, {Name: "orders", Value: "1"}},
	},
	"yousef": {referrer: "https://search.example/", visits: 1, attributes: []client.Said{{Name: "device", Value: "iPhone 15 Pro"}}},
	"victor": {phone: "+49 30 901820", visits: 31, attributes: []client.Said{{Name: "plan", Value: "business"}, {Name: "VAT", Value: "DE123456789"}}},
	"hind":   {phone: "+966 50 765 4321", visits: 4, answers: []client.Said{{Name: "رقم الفاتورة", Value: "INV-2026/0431"}}},
	"priya":  {referrer: "https://forum.example/t/returns", visits: 1},
	"maryam": {visits: 12, attributes: []client.Said{{Name: "plan", Value: "gold"}}},
}
