package sim

// Sample is who of the sample organization takes part in the demo. The
// organization itself is a configuration file of whoever starts the server;
// keys are the words of that file and never reach the server.
type Sample struct {
	Users     []User
	Assets    []Asset
	DemoAsset string // key of the asset on the demo's customer page
}

// User is somebody on the staff.
type User struct {
	Key       string
	Email     string
	Simulated bool // [Run] plays this agent
	// Pane names the place of this persona on the demo page; "" has none.
	Pane string
}

// Asset is a widget on the sample site.
type Asset struct {
	Key       string
	PublicKey string // in the snippet
}

// Keys of the sample that plans refer to.
const (
	AssetStore   = "store"
	AssetAccount = "account"
	AssetHelp    = "help"
)

// Organization is the sample organization: a shop with three widgets, two
// agents for people to be, three whom the simulator plays, a supervisor and an
// administrator. It is the same at every call.
func Organization() Sample {
	return Sample{
		Users: []User{
			{Key: "omar", Email: "omar@nakheel.example", Pane: "omar"},
			{Key: "layla", Email: "layla@nakheel.example", Pane: "layla"},
			{Key: "karim", Email: "karim@nakheel.example", Simulated: true},
			{Key: "maya", Email: "maya@nakheel.example", Simulated: true},
			{Key: "nour", Email: "nour@nakheel.example", Simulated: true},
			{Key: "huda", Email: "huda@nakheel.example"},
			{Key: "admin", Email: "salem@nakheel.example", Pane: "admin"},
		},
		Assets:    []Asset{{AssetStore, "demo-store"}, {AssetAccount, "demo-account"}, {AssetHelp, "demo-help"}},
		DemoAsset: AssetStore,
	}
}
