package bus

import (
	"testing"

	"hiwar/internal/bus/bustest"
)

func TestInProcess(t *testing.T) {
	bustest.Run(t, func(*testing.T) (bustest.Bus, func()) { return New(), func() {} })
}
