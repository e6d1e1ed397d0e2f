package sim

import "time"

// Name is a name in both languages.
type Name struct{ En, Ar string }

// Sample is an organization as data: whoever starts a server turns it into the
// server's own objects. Keys refer to one another and never reach the server.
type Sample struct {
	Name      Name
	Language  string
	TimeZone  string
	Teams     []Team
	Queues    []Queue
	Users     []User
	WrapUps   []Reason   // in order
	IdleWith  []Reason   // idle reasons, in order
	Templates []Template // in order
	Assets    []Asset
	DemoAsset string // key of the asset on the demo's customer page
}

// Team is a set of agents.
type Team struct {
	Key  string
	Name Name
}

// Queue is served by teams, by key.
type Queue struct {
	Key   string
	Name  Name
	Teams []string
	// OnUnanswered is requeue, return or close; "" is requeue.
	OnUnanswered   string
	WrapUpRequired bool
	WrapUpAuto     time.Duration // 0: off
}

// User is somebody on the staff.
type User struct {
	Key       string
	Name      string // in both scripts, so that everybody can read it
	Email     string
	Roles     []string
	Teams     []string
	Language  string
	Simulated bool // [Run] plays this agent
	// Pane names the place of this persona on the demo page; "" has none.
	Pane string
}

// Reason is a wrap-up reason or an idle reason.
type Reason struct {
	Key  string
	Name Name
}

// Asset is a widget on the sample site.
type Asset struct {
	Key       string
	PublicKey string // in the snippet
	Name      Name
	Queue     string
	Language  string
	Color     string
}

// Keys of the sample that plans refer to.
const (
	QueueSales   = "sales"
	QueueBilling = "billing"
	QueueSupport = "support"

	AssetStore   = "store"
	AssetAccount = "account"
	AssetHelp    = "help"
)

// Organization is the sample organization: a shop with three queues, two
// agents for people to be, three whom the simulator plays, a supervisor and an
// administrator. It is the same at every call.
func Organization() Sample {
	return Sample{
		Name:     Name{"Nakheel Store", "متجر نخيل"},
		Language: "ar",
		TimeZone: "Asia/Riyadh",
		Teams: []Team{
			{QueueSales, Name{"Sales", "المبيعات"}},
			{QueueBilling, Name{"Billing", "الفواتير"}},
			{QueueSupport, Name{"Support", "الدعم"}},
		},
		Queues: []Queue{
			{Key: QueueSales, Name: Name{"Sales", "المبيعات"}, Teams: []string{QueueSales}, WrapUpRequired: true},
			{Key: QueueBilling, Name: Name{"Billing", "الفواتير"}, Teams: []string{QueueBilling}, WrapUpRequired: true},
			{Key: QueueSupport, Name: Name{"Support", "الدعم"}, Teams: []string{QueueSupport}, OnUnanswered: "return", WrapUpAuto: 3 * time.Minute},
		},
		Users:     users(),
		WrapUps:   wrapUps(),
		IdleWith:  idleReasons(),
		Templates: templates(),
		Assets: []Asset{
			{AssetStore, "demo-store", Name{"Store site", "موقع المتجر"}, QueueSales, "ar", "#0e7c66"},
			{AssetAccount, "demo-account", Name{"Account page", "صفحة الحساب"}, QueueBilling, "ar", "#6a4bc4"},
			{AssetHelp, "demo-help", Name{"Help page", "صفحة المساعدة"}, QueueSupport, "en", "#1160b7"},
		},
		DemoAsset: AssetStore,
	}
}

func users() []User {
	agent, supervisor, administrator := "agent", "supervisor", "administrator"
	return []User{
		{Key: "omar", Name: "Omar عمر", Email: "omar@nakheel.example", Roles: []string{agent}, Teams: []string{QueueSales}, Language: "ar", Pane: "omar"},
		{Key: "layla", Name: "Layla ليلى", Email: "layla@nakheel.example", Roles: []string{agent}, Teams: []string{QueueSales}, Language: "ar", Pane: "layla"},
		{Key: "karim", Name: "Karim كريم", Email: "karim@nakheel.example", Roles: []string{agent}, Teams: []string{QueueBilling}, Language: "ar", Simulated: true},
		{Key: "maya", Name: "Maya مايا", Email: "maya@nakheel.example", Roles: []string{agent}, Teams: []string{QueueSupport}, Language: "en", Simulated: true},
		{Key: "nour", Name: "Nour نور", Email: "nour@nakheel.example", Roles: []string{agent}, Teams: []string{QueueBilling, QueueSupport}, Language: "ar", Simulated: true},
		{Key: "huda", Name: "Huda هدى", Email: "huda@nakheel.example", Roles: []string{supervisor}, Language: "ar"},
		{Key: "admin", Name: "Salem سالم", Email: "salem@nakheel.example", Roles: []string{supervisor, administrator}, Language: "ar", Pane: "admin"},
	}
}

// The presets of the product, with their exact words.
func wrapUps() []Reason {
	return []Reason{
		{"resolved", Name{"Resolved", "تم الحل"}},
		{"escalated", Name{"Escalated", "تم التصعيد"}},
		{"follow_up", Name{"Follow-up needed", "بحاجة إلى متابعة"}},
		{"customer_left", Name{"Customer left", "غادر العميل"}},
		{"wrong_department", Name{"Wrong department", "قسم غير مختص"}},
		{"spam", Name{"Spam", "رسالة مزعجة"}},
	}
}

func idleReasons() []Reason {
	return []Reason{
		{"break", Name{"Break", "استراحة"}},
		{"lunch", Name{"Lunch", "غداء"}},
		{"meeting", Name{"Meeting", "اجتماع"}},
		{"training", Name{"Training", "تدريب"}},
	}
}
