package access

import (
	"slices"
	"strings"
	"testing"

	"hiwar/internal/org"
)

// always is what whoever is on the staff may, with no role at all.
const always = "read_config keep_own change_password change_step end_sessions "

// opened is written out by hand: what each permission alone lets somebody do who
// has nothing to do with the conversation it is about.
var opened = map[org.Permission]string{
	org.MayAnswer: `read_desk notice_agent sign_in_to_floor sign_out_of_floor set_presence confirm_offer accept_offer decline_offer
		submit_wrapup change_wrapup_time pick_conversation read_waiting`,
	org.MayReadAll:     "read_conversation read_staff_thread read_history read_waiting",
	org.MayIntervene:   "end_conversation block_customer",
	org.MayReadContact: "read_contact",
	org.MayLead:        "read_agents set_presence_of sign_out_another",
	org.MayConfigure:   "configure read_impact",
	org.MayKeepAssets:  "delete_asset keep_keys read_impact",
	org.MayManageUsers: "configure change_rights invite_user read_steps reset_step",
	org.MayReadAudit:   "read_audit export_audit",
	org.MayBlock:       "manage_blocks",
	org.MayFindPeople:  "read_people hold_records",
	org.MayErasePeople: "read_people export_person erase_person",
	org.MayAdminister:  "keep_providers",
}

func TestAPermissionOpensWhatItsRowSaysAndNothingElse(t *testing.T) {
	for _, p := range append(slices.Clone(org.Permissions), org.MayAdminister) {
		want := strings.Fields(always + opened[p])
		slices.Sort(want)
		var got []string
		for _, op := range Operations() {
			if Allow(Actor{Kind: Staff, Org: "org_1", User: "usr_1", Granted: []org.Permission{p}}, op, None) == nil {
				got = append(got, string(op))
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s opens\n%v, want\n%v", p, got, want)
		}
	}
}

// A built-in role is its permissions: whoever has them by a role of one's own
// may the same, in every relation.
func TestABuiltInRoleIsItsPermissions(t *testing.T) {
	for _, r := range []org.Role{org.RoleAgent, org.RoleSupervisor, org.RoleAdministrator} {
		granted := org.Config{}.PermittedTo([]org.Role{r})
		for _, op := range Operations() {
			for _, rel := range []Relation{None, OwnerOf, GuestIn, OfferedTo, WrappingUp, Former} {
				built, own := Allow(staff(r), op, rel), Allow(Actor{Kind: Staff, Org: "org_1", User: "usr_1", Granted: granted}, op, rel)
				if (built == nil) != (own == nil) {
					t.Errorf("%s as %s: %v for %s, %v for its permissions", op, rel, built, r, own)
				}
			}
		}
	}
}
