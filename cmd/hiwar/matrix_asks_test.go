package main

// ask is one way of calling an operation or a command of sockets. What is in
// braces, in its path and in its body, is a thing of a crew: the caller's own,
// another team's, another organization's, or one that there is not.
type ask struct {
	row   string // what the table calls it, if not as the operation
	of    string // the operation
	conv  string // which of the crew's conversations; "" is talk
	query string // with its ?
	body  string
	head  []string
	mate  bool // the agent who asks is not the owner of the conversation but the guest
	// own: the path names the caller's own, and only what the body names, or the
	// last thing in the path, varies.
	own bool
	// quiet: what it does changes no later answer, so one server serves all.
	quiet bool
}

const newMessage = `{"text":"hello"}`

// asks are how every operation is called that asks who calls. Those that do not
// are let in by what they are given, and have tests of their own.
var asks = []ask{
	{of: "listSessions"},
	{of: "endSession"},
	{of: "changePassword", body: `{"present":"a blue bicycle","next":"a green bicycle at noon"}`, quiet: true},
	{of: "logout"},
	{of: "logoutEverywhere"},
	{of: "me"},
	{of: "createSocketTicket", quiet: true},
	{of: "confirmIdentity", body: `{"password":"a blue bicycle"}`, quiet: true},
	{of: "getSecondStep"},
	{of: "enrolSecondStep", quiet: true},
	{of: "confirmSecondStep", body: `{"code":"no code"}`, quiet: true},
	{of: "renewRecoveryCodes", quiet: true},
	{of: "deleteSecondStep"},
	{of: "listSecondSteps"},
	{of: "resetSecondStep"},
	{of: "listPasskeys"},
	{of: "offerPasskey", quiet: true},
	{of: "addPasskey", body: `{"name":"Key","credential":"AAAA"}`, quiet: true},
	{of: "renamePasskey", body: `{"name":"Key"}`, quiet: true},
	{of: "removePasskey"},
	{of: "requestProof", quiet: true},
	{of: "listProviderSecrets"},
	{of: "setProviderSecret", body: `{"secret":"of the client"}`, quiet: true},
	{of: "unlinkUser"},

	{of: "listAssets"},
	{of: "getAssetImpact"},
	{of: "deleteAsset", body: `{"confirmation":"{crew}"}`},
	{of: "listIdentityKeys"},
	{of: "addIdentityKey", body: `{"algorithm":"HS256"}`, quiet: true},
	{of: "retireIdentityKey", quiet: true},
	{row: "retireIdentityKey (key)", of: "retireIdentityKey", own: true, quiet: true},
	{of: "listBlocks"},
	{of: "blockNetwork", body: `{"network":"203.0.113.7","hours":1}`, quiet: true},
	{of: "liftBlock", quiet: true},
	{of: "blockCustomer", body: `{"reason":"insults","hours":24}`},
	{of: "listUsers"},
	{of: "inviteUser", quiet: true},
	{of: "signOutUser"},
	{of: "setPresenceOf", body: `{"presence":"idle"}`, quiet: true},
	{row: "setPresenceOf (reason)", of: "setPresenceOf", body: `{"presence":"idle","idle_reason":"{idle}"}`, own: true, quiet: true},

	{of: "listAudit"},
	{of: "exportAudit", quiet: true},
	{of: "getConfiguration"},
	{of: "planConfiguration", body: `{"format":"hiwar-configuration-1"}`},
	{row: "planConfiguration (queue)", of: "planConfiguration", body: `{"format":"hiwar-configuration-1","assets":[{"id":"new","key":"new-widget","name":{"en":"New"},"queue":"{queue}","language":"en","color":"#112233"}]}`, own: true},
	{of: "putConfiguration", body: `{"format":"hiwar-configuration-1"}`, quiet: true},

	{of: "findPeople", query: "?query={customer}"},
	{of: "getPerson"},
	{of: "exportPerson", quiet: true},
	{of: "erasePerson", body: `{"confirmation":"Salma"}`},
	{of: "holdPerson", body: `{"reason":"a case"}`, quiet: true},
	{of: "releasePerson", quiet: true},
	{of: "holdConversation", body: `{"reason":"a case"}`, quiet: true},
	{of: "releaseConversation", quiet: true},

	{of: "getConversation"},
	{of: "getEntries"},
	{of: "getStaffThread"},
	{of: "sendMessage", body: newMessage, quiet: true},
	{row: "sendMessage (attachment)", of: "sendMessage", body: `{"text":"this","attachments":["{unsent}"]}`, own: true, quiet: true},
	{of: "addNote", body: newMessage, quiet: true},
	{of: "keepDraft", body: `{"text":"not yet","revision":1}`, quiet: true},
	{of: "markReceived", body: `{"delivered":1,"seen":1}`, quiet: true},
	{of: "rateConversation", conv: "past", body: `{"score":5}`, quiet: true},
	{of: "endConversation"},
	{of: "getHistory"},
	{of: "getPastConversation"},
	{row: "getPastConversation (past)", of: "getPastConversation", own: true},
	{of: "getTargets"},
	{of: "pickConversation", conv: "offered", quiet: true},
	{of: "transfer", body: `{"queue":"{own queue}"}`},
	{row: "transfer (queue)", of: "transfer", body: `{"queue":"{queue}"}`, own: true},
	{row: "transfer (agent)", of: "transfer", body: `{"agent":"{user}"}`, own: true},
	{of: "invite", body: `{"agent":"{own user}"}`},
	{row: "invite (agent)", of: "invite", body: `{"agent":"{user}"}`, own: true},
	{of: "cancelInvitation", conv: "invited"},
	{of: "handOver", conv: "conference", body: `{"agent":"{own user}"}`},
	{row: "handOver (agent)", of: "handOver", conv: "conference", body: `{"agent":"{user}"}`, own: true},
	{of: "leaveConference", conv: "conference", mate: true},
	{of: "removeGuest", conv: "conference"},
	{row: "removeGuest (user)", of: "removeGuest", conv: "conference", own: true},
	{of: "explainConversation", conv: "offered"},
	{of: "explainOffer", conv: "offered"},
	{of: "explainAgent"},

	{of: "getAttachmentRules"},
	{of: "uploadAttachment", body: "a list of things", head: []string{"Content-Type", "application/octet-stream", "X-File-Name", "list.txt"}, quiet: true},
	{of: "getAttachment", quiet: true},
	{row: "getAttachment (attachment)", of: "getAttachment", own: true, quiet: true},
	{of: "linkAttachment", quiet: true},
	{row: "linkAttachment (attachment)", of: "linkAttachment", own: true, quiet: true},

	{of: "getDesk"},
	{of: "getDeskSettings"},
	{of: "getToday"},
	{of: "setPresence", body: `{"presence":"available"}`, quiet: true},
	{row: "setPresence (reason)", of: "setPresence", body: `{"presence":"idle","idle_reason":"{idle}"}`, own: true},
	{of: "signIn", quiet: true},
	{of: "signOut"},
	{of: "acceptOffer"},
	{of: "declineOffer", body: `{"reason":"{own idle}"}`},
	{row: "declineOffer (reason)", of: "declineOffer", body: `{"reason":"{idle}"}`, own: true},
	{of: "confirmOffer", quiet: true},
	{of: "getWaiting"},
	{of: "getPreferences"},
	{of: "changePreferences", body: `{}`, quiet: true},
	{of: "listDrafts"},
	{of: "submitWrapUp", body: `{"reason":"{own wrapup}"}`},
	{row: "submitWrapUp (reason)", of: "submitWrapUp", body: `{"reason":"{wrapup}"}`, own: true},
	{of: "stopWrapUpTimer", quiet: true},
	{of: "extendWrapUp", quiet: true},

	{of: "resumeConversation"},
	{of: "getEarlierConversations"},
	{of: "forgetVisitor"},
}

// frames are how every command of sockets is called, after the hello of whoever
// it is.
var frames = []ask{
	{of: "sub", row: "sub conv", body: `{"type":"sub","topic":"conv/{conv}"}`},
	{of: "sub", row: "sub conv/staff", body: `{"type":"sub","topic":"conv/{conv}/staff"}`},
	{of: "sub", row: "sub agent", body: `{"type":"sub","topic":"agent/{user}"}`, mate: true},
	{of: "unsub", body: `{"type":"unsub","topic":"conv/{conv}"}`},
	{of: "send", body: `{"type":"send","command_id":"{once}","conversation":"{conv}","text":"hello"}`},
	{of: "note", body: `{"type":"note","command_id":"{once}","conversation":"{conv}","text":"hello"}`},
	{of: "received", body: `{"type":"received","conversation":"{conv}","delivered":1,"seen":1}`},
	{of: "typing", body: `{"type":"typing","conversation":"{conv}","on":true}`},
	{of: "confirm", body: `{"type":"confirm","offer":{offer}}`},
	{of: "accept", body: `{"type":"accept","command_id":"{once}","offer":{offer}}`},
	{of: "presence", body: `{"type":"presence","command_id":"{once}","presence":"idle"}`},
	{of: "beat", body: `{"type":"beat"}`},
	{of: "ping", body: `{"type":"ping"}`},
}
