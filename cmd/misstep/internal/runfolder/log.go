package runfolder

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// logFormat begins the first line of a log: what it is, and the version of its layout.
const logFormat = "misstep state 2 "

// maxLine is how long a line may be [bytes].
const maxLine = 256 << 20

// Log is a file that keeps, line by line, what a long command has so far: a head that says what goes in, then
// a line a point. Each line carries its number and a checksum of number, head and line. What is not the next line of
// this head, whole, is not believed, nor is anything behind it. One command at a time holds a log.
type Log struct {
	Path string
	Have int // lines without the head

	lock   *lock
	file   file
	head   []byte
	key    [sha256.Size]byte // of the head, zero without one
	whole  int64             // length of what is believed [bytes]
	extent int64             // length of the file [bytes]
	synced time.Time
}

// HoldLog takes a log, or says that another command has it, and reads what there is of it. Head is nil of one
// that is not there, or was cut in its first line.
func HoldLog(path string) (*Log, error) {
	l, err := acquire(filepath.Dir(path), filepath.Base(path), moment)
	if err != nil {
		return nil, err
	}
	return open(&Log{Path: path, lock: l}, os.O_RDWR)
}

// ReadLog opens a log to read what there is of it, whoever has it; Head is nil as [HoldLog] has it.
func ReadLog(path string) (*Log, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // a pipe would wait for who writes
		return nil, noLog(path)
	}
	return open(&Log{Path: path}, os.O_RDONLY)
}

// RemoveLog removes a log that nobody has.
func RemoveLog(path string) error {
	l, err := acquire(filepath.Dir(path), filepath.Base(path), moment)
	if err != nil {
		return err
	}
	defer l.release()
	if err := remove(path); err != nil {
		return cannot("remove", path, err)
	}
	return nil
}

// TidyLog takes away what a command that was killed left beside a log, where nobody has it.
func TidyLog(path string) {
	if l, err := acquire(filepath.Dir(path), filepath.Base(path), 0); err == nil {
		l.release()
	}
}

func noLog(path string) error {
	return fmt.Errorf("%s: no file that a command keeps its work in; delete it to begin again", path)
}

// LogHead is the head of a log that is not held; nil where it has none.
func LogHead(path string) []byte {
	g, err := ReadLog(path)
	if err != nil {
		return nil
	}
	defer g.Close()
	return g.head
}

func open(g *Log, flags int) (*Log, error) {
	if err := g.open(flags); err != nil {
		g.Close()
		return nil, err
	}
	return g, nil
}

func (g *Log) open(flags int) error {
	f, err := opened("open", g.Path, flags)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return cannot("read", g.Path, err)
	}
	g.file = f
	info, err := f.on.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return noLog(g.Path)
	}
	g.extent = info.Size()
	g.whole, err = g.each(func(n int, line []byte) error {
		if g.Have = n; n == 0 {
			g.begun(line)
		}
		return nil
	})
	return err
}

func (g *Log) begun(head []byte) { g.head, g.key = bytes.Clone(head), sha256.Sum256(head) }

// Head is what the log was begun with.
func (g *Log) Head() []byte { return g.head }

// Whole reports whether all that the file holds can be believed.
func (g *Log) Whole() bool { return g.extent == g.whole }

// Damaged reports whether a line that is not torn but wrong follows what is believed, so that more than the last
// moment has to be done again.
func (g *Log) Damaged() bool {
	if g.head == nil || g.extent == g.whole {
		return false
	}
	rest := bufio.NewReader(io.NewSectionReader(g.file.on, g.whole, g.extent-g.whole))
	for {
		switch _, err := rest.ReadSlice('\n'); {
		case err == nil:
			return true
		case !errors.Is(err, bufio.ErrBufferFull):
			return false
		}
	}
}

// each reads the lines that can be believed, the head first, and says how long they are.
func (g *Log) each(do func(n int, line []byte) error) (whole int64, err error) {
	lines := bufio.NewScanner(io.NewSectionReader(g.file.on, 0, g.extent))
	lines.Buffer(nil, maxLine)
	lines.Split(wholeLines)
	for n := 0; lines.Scan(); n++ {
		text, ok := g.unsealed(lines.Bytes(), n)
		switch {
		case n == 0 && bytes.HasPrefix(lines.Bytes(), []byte(`{"command"`)):
			return 0, fmt.Errorf("%s: an earlier version of misstep kept it, without checksums; finish it with that one, "+
				"or delete it to begin again", g.Path)
		case n == 0 && !ok:
			return 0, fmt.Errorf("%s: line 1 is damaged; delete the file to begin again", g.Path)
		case !ok:
			return whole, nil
		}
		if err := do(n, text); err != nil {
			return whole, err
		}
		whole += int64(len(lines.Bytes())) + 1
	}
	if err := lines.Err(); err != nil && !errors.Is(err, bufio.ErrTooLong) {
		return whole, cannot("read", g.Path, err)
	}
	return whole, nil
}

// wholeLines splits at the ends of lines; what has none is no line.
func wholeLines(data []byte, _ bool) (int, []byte, error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	return 0, nil, nil
}

// Each reads the points, in order, from 1.
func (g *Log) Each(do func(n int, line []byte) error) error {
	last := 0
	_, err := g.each(func(n int, line []byte) error {
		if last = n; n == 0 || n > g.Have {
			return nil
		}
		return do(n, line)
	})
	if err == nil && last < g.Have {
		err = fmt.Errorf("%s: line %d has been changed meanwhile; run it again", g.Path, last+2)
	}
	return err
}

// Begin makes a log anew.
func (g *Log) Begin(head []byte) error {
	if g.file.on != nil {
		_ = g.file.on.Close()
	}
	f, err := opened("create", g.Path, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return cannot("write", g.Path, err)
	}
	g.file, g.Have, g.whole, g.extent = f, -1, 0, 0
	if err = g.append(head); err == nil {
		err = syncFolder(filepath.Dir(g.Path))
	}
	if err != nil {
		_ = remove(g.Path)
		return cannot("write", g.Path, err)
	}
	g.begun(head)
	return nil
}

// Add writes a point.
func (g *Log) Add(line []byte) error {
	if bytes.IndexByte(line, '\n') >= 0 {
		panic("runfolder: a point of several lines")
	}
	if err := g.append(line); err != nil {
		return fmt.Errorf("%s: cannot write: %w; %d points are kept", g.Path, causeOf(err), g.Have)
	}
	return nil
}

// append writes the next line in place of whatever cannot be believed, and syncs once a second at most.
func (g *Log) append(line []byte) error {
	if g.extent != g.whole || g.synced.IsZero() {
		if err := g.file.cutAt(g.whole); err != nil {
			return err
		}
	}
	n, err := g.file.Write(g.sealed(line, g.Have+1))
	g.extent = g.whole + int64(n)
	if err == nil && time.Since(g.synced) >= syncEvery {
		err = g.file.sync()
		g.synced = time.Now()
	}
	if err != nil {
		return err
	}
	g.whole = g.extent
	g.Have++
	return nil
}

// sealed is a line as it stands in the file: its number, a checksum, and the line.
func (g *Log) sealed(line []byte, n int) []byte {
	h, start := sha256.New(), logFormat
	if n > 0 {
		h.Write(g.key[:])
		start = strconv.Itoa(n) + " "
	}
	h.Write([]byte(start))
	h.Write(line)
	return fmt.Appendf(nil, "%s%x %s\n", start, h.Sum(nil)[:8], line)
}

// unsealed is the line that stands in the file as line n, if that is what it is.
func (g *Log) unsealed(text []byte, n int) ([]byte, bool) {
	start := len(logFormat)
	if n > 0 {
		start = len(strconv.Itoa(n)) + 1
	}
	if start += 17; len(text) < start { // 8 bytes of a checksum, and a blank
		return nil, false
	}
	line := text[start:]
	whole := g.sealed(line, n)
	return line, bytes.Equal(whole[:len(whole)-1], text)
}

// Close syncs the log and lets other commands have it.
func (g *Log) Close() {
	if g.file.on != nil {
		if g.whole > 0 && !g.synced.IsZero() {
			_ = g.file.sync()
		}
		_ = g.file.on.Close()
		g.file.on = nil
	}
	if g.lock != nil {
		g.lock.release()
		g.lock = nil
	}
}

// Done removes the log.
func (g *Log) Done() {
	if g.file.on != nil {
		_ = g.file.on.Close()
		g.file.on = nil
	}
	_ = remove(g.Path)
	g.Close()
}
