package sim

// Template is a text that agents begin a message with.
type Template struct {
	Key   string
	Group Name
	Name  Name
	Text  Name
	// Start, FollowUp and End say where in a conversation it fits.
	Start, FollowUp, End bool
	Teams                []string // by key; none is everybody's
}

// templates are in the order of lists. Their signs < and > never reach a
// customer: the agent fills what stands between them.
func templates() []Template {
	greeting, waiting, orders, billing, closing := Name{"Greetings", "الترحيب"}, Name{"Waiting", "الانتظار"},
		Name{"Orders", "الطلبات"}, Name{"Billing", "الفواتير"}, Name{"Closing", "الختام"}
	return []Template{
		{Key: "welcome", Group: greeting, Start: true, Name: Name{"Welcome", "ترحيب"}, Text: Name{
			"Hello @@customer_name, this is @@agent_name from @@queue. How can I help you?",
			"مرحبًا @@customer_name، معك @@agent_name من @@queue. كيف يمكنني المساعدة؟",
		}},
		{Key: "welcome_back", Group: greeting, Start: true, Name: Name{"Took over", "استلام المحادثة"}, Text: Name{
			"Hello @@customer_name, this is @@agent_name. I have read what you wrote, so there is no need to repeat it.",
			"مرحبًا @@customer_name، معك @@agent_name. قرأت ما سبق في المحادثة، ولا حاجة إلى تكراره.",
		}},
		{Key: "one_moment", Group: waiting, FollowUp: true, Name: Name{"One moment", "لحظة من فضلك"}, Text: Name{
			"One moment please, I am looking into it.",
			"لحظة من فضلك، أتحقق من الأمر الآن.",
		}},
		{Key: "still_here", Group: waiting, FollowUp: true, Name: Name{"Are you still there", "هل ما زلت معنا"}, Text: Name{
			"@@customer_name, are you still there? I am glad to go on whenever it suits you.",
			"@@customer_name، هل ما زلت معنا؟ يسعدني إكمال المحادثة في الوقت المناسب لك.",
		}},
		{Key: "order_number", Group: orders, FollowUp: true, Name: Name{"Ask for the order number", "طلب رقم الطلب"}, Text: Name{
			"Could you send me the number of your order? It is in the confirmation e-mail.",
			"هل يمكن تزويدي برقم الطلب؟ تجده في رسالة التأكيد.",
		}},
		{Key: "order_on_its_way", Group: orders, FollowUp: true, Teams: []string{QueueSales, QueueSupport}, Name: Name{"Order on its way", "الطلب في الطريق"}, Text: Name{
			"Your order <order_number> left our warehouse on <shipping_date>. It should be with you by <delivery_date>.",
			"خرج طلبك رقم <order_number> من المستودع بتاريخ <shipping_date>، ومن المتوقع وصوله قبل <delivery_date>.",
		}},
		{Key: "exchange", Group: orders, FollowUp: true, Teams: []string{QueueSales}, Name: Name{"Exchange arranged", "ترتيب الاستبدال"}, Text: Name{
			"I have arranged the exchange of <item>. The courier collects it on <pickup_date>, and returning it costs you nothing.",
			"تم ترتيب استبدال <item>. سيصل المندوب لاستلامه بتاريخ <pickup_date>، والإرجاع مجاني.",
		}},
		{Key: "refund", Group: billing, FollowUp: true, Teams: []string{QueueBilling, QueueSales}, Name: Name{"Refund", "استرداد المبلغ"}, Text: Name{
			"We have refunded <refund_amount> for order <order_number>. Depending on your bank it takes three to five days.",
			"تم رد مبلغ <refund_amount> عن الطلب رقم <order_number>. قد يستغرق وصوله من ثلاثة إلى خمسة أيام بحسب البنك.",
		}},
		{Key: "invoice", Group: billing, FollowUp: true, Teams: []string{QueueBilling}, Name: Name{"Invoice sent", "إرسال الفاتورة"}, Text: Name{
			"I have sent invoice <invoice_number> to your e-mail address again. Please look into the spam folder too.",
			"أُعيد إرسال الفاتورة رقم <invoice_number> إلى بريدك الإلكتروني. يُرجى التحقق من مجلد الرسائل غير المرغوبة أيضًا.",
		}},
		{Key: "handing_on", Group: waiting, FollowUp: true, Name: Name{"Handing on", "تحويل إلى زميل"}, Text: Name{
			"A colleague who knows this better will go on with you. They can read our conversation.",
			"سيكمل معك زميل متخصص في هذا الموضوع، ويمكنه قراءة محادثتنا.",
		}},
		{Key: "anything_else", Group: closing, End: true, Name: Name{"Anything else?", "هل من شيء آخر؟"}, Text: Name{
			"Is there anything else I can help you with?",
			"هل يمكنني مساعدتك في أي شيء آخر؟",
		}},
		{Key: "goodbye", Group: closing, Name: Name{"Goodbye", "وداع"}, Text: Name{
			"Thank you for writing to @@organization. The number of this conversation is @@conversation.",
			"شكرًا لتواصلك مع @@organization. رقم هذه المحادثة @@conversation.",
		}},
	}
}
