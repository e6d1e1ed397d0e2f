package access

import (
	"errors"
	"testing"

	"hiwar/internal/problem"
)

// A new operation is decided on: whether it wants proof is nobody's accident.
func TestOfEveryOperationItIsDecidedWhetherItWantsProof(t *testing.T) {
	for op := range table {
		if _, decided := wantsProof[op]; !decided {
			t.Errorf("%s: say in fresh.go whether it wants proof", op)
		}
	}
	for op := range wantsProof {
		if _, known := table[op]; !known {
			t.Errorf("%s wants proof or not, and is no operation", op)
		}
	}
}

func TestWhatWantsProofIsRefusedWithoutIt(t *testing.T) {
	stale, fresh := staff(), staff()
	fresh.Fresh = true
	for op, wants := range wantsProof {
		if err := Prove(stale, op); errors.Is(err, problem.New(problem.ProofNeeded)) != wants {
			t.Errorf("%s: got %v, want proof asked for = %v", op, err, wants)
		}
		if err := Prove(fresh, op); err != nil {
			t.Errorf("%s by who has proven it: %v", op, err)
		}
	}
	if err := Prove(stale, "sudo"); err == nil {
		t.Error("what nobody decided on needs no proof")
	}
	if err := Prove(Actor{Kind: Customer}, EndChat); err != nil {
		t.Errorf("a customer is asked for proof: %v", err)
	}
}
