package org

// SetupStep is the step of the first run that comes next. It is kept with the
// organization, so that whoever leaves goes on where they were, on any device.
type SetupStep string

// The steps that follow once there is an administrator, in their order;
// [SetupDone] is the end of them.
const (
	SetupOrganization SetupStep = "organization"
	SetupQueue        SetupStep = "queue"
	SetupTeam         SetupStep = "team"
	SetupInstall      SetupStep = "install"
	SetupTry          SetupStep = "try"
	SetupDone         SetupStep = ""
)
