// Package crashdisk is a disk that can lose its power and fail, as a file
// system of the SQLite driver that ships. Files are real ones, so reading,
// locking and the shared index are the driver's own; every write is recorded
// beside that, and what a disk would hold after losing its power at any moment
// can be made from the record ([Disk.Crash]). With [Disk.Fail] the n-th write
// or sync fails.
//
// The model: what was written before the last sync of its file is there; of
// what was written since, each sector of 512 bytes is there or not, whatever
// the order. That a file exists is durable at once, which file systems in use
// give to a file that is synced.
package crashdisk

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"github.com/ncruces/go-sqlite3/vfs"
)

// Kind is what was asked of the disk.
type Kind byte

// The kinds.
const (
	Write Kind = iota
	Truncate
	Sync
	Create
	Delete
)

// op is one thing that was done.
type op struct {
	kind Kind
	file string // without its folder
	off  int64  // of a write; the size for Truncate
	data []byte
}

// Disk records what is done to the files of one database.
type Disk struct {
	mu     sync.Mutex
	record bool
	ops    []op
	fault  func(kind Kind, file string) error
	delay  func(kind Kind, file string)
	calls  int // writes and syncs asked for since Fail
	after  int // syncs asked for after the first failed one
	failed bool
}

var registered sync.Map

// New is a disk that sound SQLite connections can be opened on, by its name.
// If record is false nothing can be made of it later, and it can only fail.
func New(name string, record bool) *Disk {
	d := &Disk{record: record}
	if _, twice := registered.LoadOrStore(name, true); twice {
		panic("there is a disk named " + name)
	}
	vfs.Register(name, fileSystem{d, vfs.Find("").(vfs.VFSFilename)})
	return d
}

// Len is how many things were done so far: a moment to crash at.
func (d *Disk) Len() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.ops)
}

// Fail asks fault before every write and sync whether it fails; nil makes the
// disk sound again.
func (d *Disk) Fail(fault func(kind Kind, file string) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault, d.calls = fault, 0
}

// Delay has delay return before every write and sync is done; nil makes the
// disk quick again. Others may go on meanwhile.
func (d *Disk) Delay(delay func(kind Kind, file string)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.delay = delay
}

// slow waits as long as the disk takes.
func (d *Disk) slow(kind Kind, file string) {
	d.mu.Lock()
	delay := d.delay
	d.mu.Unlock()
	if delay != nil {
		delay(kind, file)
	}
}

// Calls is how many writes and syncs were asked for since Fail.
func (d *Disk) Calls() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.calls
}

// SyncedAfterFailure is how many syncs were asked for after one had failed.
func (d *Disk) SyncedAfterFailure() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.after
}

// do asks whether it may be done, and records it.
func (d *Disk) do(o op) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fault != nil && (o.kind == Write || o.kind == Sync) {
		d.calls++
		if d.failed && o.kind == Sync {
			d.after++
		}
		if err := d.fault(o.kind, o.file); err != nil {
			d.failed = d.failed || o.kind == Sync
			return err
		}
	}
	if d.record {
		o.data = slices.Clone(o.data)
		d.ops = append(d.ops, o)
	}
	return nil
}

// fileSystem is the disk as the driver sees it.
type fileSystem struct {
	disk *Disk
	base vfs.VFSFilename
}

func (f fileSystem) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return f.base.Open(name, flags) // temporary files
}

func (f fileSystem) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	opened, flags, err := f.base.OpenFilename(name, flags)
	if err != nil || name == nil || name.String() == "" {
		return opened, flags, err
	}
	file := filepath.Base(name.String())
	if flags&vfs.OPEN_CREATE != 0 {
		if err := f.disk.do(op{kind: Create, file: file}); err != nil {
			return nil, flags, err
		}
	}
	return &recorded{opened, f.disk, file}, flags, nil
}

func (f fileSystem) Delete(name string, syncDir bool) error {
	if err := f.disk.do(op{kind: Delete, file: filepath.Base(name)}); err != nil {
		return err
	}
	return f.base.Delete(name, syncDir)
}

func (f fileSystem) Access(name string, flags vfs.AccessFlag) (bool, error) {
	return f.base.Access(name, flags)
}

func (f fileSystem) FullPathname(name string) (string, error) { return f.base.FullPathname(name) }

// recorded is a file of the disk.
type recorded struct {
	vfs.File
	disk *Disk
	name string
}

func (f *recorded) WriteAt(p []byte, off int64) (int, error) {
	f.disk.slow(Write, f.name)
	if err := f.disk.do(op{kind: Write, file: f.name, off: off, data: p}); err != nil {
		return 0, err
	}
	return f.File.WriteAt(p, off)
}

func (f *recorded) Truncate(size int64) error {
	if err := f.disk.do(op{kind: Truncate, file: f.name, off: size}); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

func (f *recorded) Sync(flags vfs.SyncFlag) error {
	f.disk.slow(Sync, f.name)
	if err := f.disk.do(op{kind: Sync, file: f.name}); err != nil {
		return err
	}
	// The real file need not be synced: what a disk would hold is made from
	// the record.
	return nil
}

// SharedMemory is the real file's: the index of the journal is lost with the
// process and never on a disk.
func (f *recorded) SharedMemory() vfs.SharedMemory {
	if shared, ok := f.File.(vfs.FileSharedMemory); ok {
		return shared.SharedMemory()
	}
	return nil
}

// DeviceCharacteristics promises nothing beyond a sector, whatever the real
// device would.
func (f *recorded) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return vfs.IOCAP_POWERSAFE_OVERWRITE
}

var (
	_ vfs.VFSFilename      = fileSystem{}
	_ vfs.FileSharedMemory = (*recorded)(nil)
)

func (k Kind) String() string {
	return [...]string{"write", "truncate", "sync", "create", "delete"}[k]
}

func (o op) String() string {
	return fmt.Sprintf("%s %s %d+%d", o.kind, o.file, o.off, len(o.data))
}
