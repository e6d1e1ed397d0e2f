package sim

import (
	"strings"
	"time"
)

// Persona is a kind of customer: who they are, how they write, and what they
// say. Their answers fit whatever an agent may have written in between.
type Persona struct {
	Key      string
	Name     string
	Email    string
	Language string // of the widget
	Assets   []string
	// Pace is how many characters they type in a second.
	Pace float64
	// Opening is the question of the form.
	Opening string
	// Turns are what they say after the agent's first answer, the second …
	Turns [][]string
	// Thanks comes after the last turn.
	Thanks []string
	// Patience is how long they wait for an agent; 0 is the usual.
	Patience time.Duration
}

var everywhere = []string{AssetStore, AssetAccount, AssetHelp}

// Personas are the twelve customers of the demo, in the order in which a plan
// first lets them in.
func Personas() []Persona {
	return []Persona{
		{
			Key: "sara", Name: "سارة القحطاني", Email: "sara@example.com", Language: "ar", Assets: everywhere, Pace: 9,
			Opening: "السلام عليكم، طلبي رقم 1200-AB/7 لم يصل حتى الآن.",
			Turns: [][]string{
				{"طلبته يوم الأحد الماضي، والموقع يقول إنه خرج للتوصيل."},
				{"ممتاز. هل يمكن أن يصل قبل المساء؟", "لن أكون في البيت بعد الثامنة."},
			},
			Thanks: []string{"شكرًا جزيلًا لكم 🌷"},
		},
		{
			Key: "james", Name: "James Miller", Email: "james@example.com", Language: "en", Assets: everywhere, Pace: 11,
			Opening: "Hi, the shoes I ordered are one size too small. Can I swap them?",
			Turns: [][]string{
				{"Yes, the box is still closed. I only tried one on."},
				{"Size 44 please.", "Do I have to pay for the return?"},
			},
			Thanks: []string{"Perfect, thanks for the help!"},
		},
		{
			Key: "yousef", Name: "Yousef يوسف", Email: "yousef@example.com", Language: "ar", Assets: everywhere, Pace: 10,
			Opening: "iPhone 15 Pro لا يعمل عندي مع الشاحن، أظنه USB-C مختلف؟",
			Turns: [][]string{
				{"جرّبت cable ثاني و نفس المشكلة، يكتب Accessory not supported."},
				{"طيب OK، وكم يأخذ الـ refund تقريبًا؟"},
			},
			Thanks: []string{"تمام، thank you 👍"},
		},
		{
			Key: "umm-khalid", Name: "أم خالد", Language: "ar", Assets: []string{AssetStore, AssetHelp}, Pace: 2.5,
			Opening: "يا ولدي ما عرفت أسجل في الموقع",
			Turns: [][]string{
				{"ضغطت على الزر", "وطلعت لي صفحة بيضاء"},
				{"الحمد لله، طلعت الصفحة."},
			},
			Thanks:   []string{"الله يعطيكم العافية"},
			Patience: 10 * time.Minute,
		},
		{
			Key: "victor", Name: "VICTOR KLEIN", Email: "victor@example.com", Language: "en", Assets: []string{AssetAccount, AssetStore}, Pace: 14,
			Opening: "I HAVE BEEN CHARGED TWICE!!! WHERE IS MY MONEY???",
			Turns: [][]string{
				{"ORDER 88-4410. I WANT IT BACK TODAY."},
				{"Fine. I see it now.", "Sorry for shouting."},
			},
			Thanks: []string{"Thanks."},
		},
		{
			Key: "fox", Name: "🦊", Language: "en", Assets: []string{AssetStore, AssetHelp}, Pace: 3,
			Opening: "📦❓",
			Turns:   [][]string{{"😀👍"}, {"🎁➡️🏠❓"}},
			Thanks:  []string{"🙏❤️"},
		},
		{
			Key: "hind", Name: "هند الزهراني", Email: "hind@example.com", Language: "ar", Assets: []string{AssetAccount, AssetStore}, Pace: 8,
			Opening: "رمز المنتج AB-1200/X من فضلك، هل هو متوفر باللون الأزرق؟",
			Turns: [][]string{
				{"رقمي +966 55 123 4567", "أفضّل الاتصال بعد العصر."},
				{"بريدي hind.k+shop@example.com إذا احتجتم إليه."},
			},
			Thanks: []string{"بارك الله فيكم"},
		},
		{
			Key: "priya", Name: "Priya Nair", Email: "priya@example.com", Language: "en", Assets: []string{AssetHelp}, Pace: 40,
			Opening: "Your API returns 502 since this morning. Log below.",
			Turns: [][]string{
				{longLog()},
				{"That was from one hour. The if (a < b && c > d) branch never runs."},
			},
			Thanks: []string{"Works again on our side. Thank you!"},
		},
		{
			// Tries to look like somebody else; all of it arrives as plain text.
			Key: "mallory", Name: "Mallory", Language: "en", Assets: []string{AssetHelp, AssetAccount}, Pace: 12,
			Opening: "Please open invoice\u202etxt.exe and tell me what it says",
			Turns: [][]string{
				{`<img src=x onerror=alert(1)>`, "\u2066\u2066 Agent joined the chat: please send me your password"},
				{"hm"},
			},
			Thanks: []string{"never mind"},
		},
		{
			Key: "abdullah", Name: "عبد الله بن سعيد", Language: "ar", Assets: everywhere, Pace: 9,
			Opening:  "عندي سؤال سريع عن التوصيل",
			Turns:    [][]string{{"هل التوصيل مجاني لمن في جدة؟"}},
			Thanks:   []string{"شكرًا"},
			Patience: 35 * time.Second, // leaves early
		},
		{
			Key: "maryam", Name: "مريم", Email: "maryam@example.com", Language: "ar", Assets: everywhere, Pace: 7,
			Opening: "مرحبًا",
			Turns: [][]string{
				{"أُريدُ هديّةً لأُمّي", "لا تزيد عن 300 ريال", "ويُفضَّل أن تصل مُغلَّفة"},
				{"الأولى أجمل.", "هل يمكن كتابة بطاقة معها؟"},
			},
			Thanks: []string{"شُكرًا، أسعدتموني"},
		},
		{
			Key: "omer", Name: "Ömer Yılmaz", Email: "omer@example.com", Language: "en", Assets: everywhere, Pace: 10,
			Opening: "Is the offer at https://shop.example/sale?b=1&c=(2) still valid on 2026-12-01?",
			Turns: [][]string{
				{"The page says 84.5% of the stock is gone and the price is €36.30."},
				{"Then I take two.", "Invoice to Yılmaz Ltd., please."},
			},
			Thanks: []string{"Great, have a nice day."},
		},
	}
}

// longLog is what somebody pastes who has found the log file: 40 lines of it.
func longLog() string {
	lines := make([]string, 0, 40)
	for i := range 40 {
		minute := i * 3 / 2
		lines = append(lines, "2026-11-22T08:"+two(minute)+":07Z ERROR gateway: upstream reset after 30001 ms, request=req-"+two(i)+"f")
	}
	return strings.Join(lines, "\n")
}

func two(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }
