package abc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc64"
	"math"
)

// stateMagic opens a state: what it is and the version of the format.
const stateMagic = "misstep abc state 1\n"

var stateTable = crc64.MakeTable(crc64.ECMA)

// section is a named list of 64-bit words. A state is a list of sections:
//
//	magic, { length of name, name, number of words, words }…, CRC-64/XZ
//
// with lengths as unsigned varints and words little endian.
type section struct {
	name  string
	words []uint64
}

// ofFloats returns a section of numbers, bit for bit.
func ofFloats(name string, x ...float64) section {
	s := section{name: name, words: make([]uint64, len(x))}
	for i, v := range x {
		s.words[i] = math.Float64bits(v)
	}
	return s
}

// ofInts returns a section of counts.
func ofInts(name string, x ...int) section {
	s := section{name: name, words: make([]uint64, len(x))}
	for i, v := range x {
		s.words[i] = uint64(v)
	}
	return s
}

// floats returns the words as numbers.
func (s *section) floats() []float64 {
	x := make([]float64, len(s.words))
	for i, w := range s.words {
		x[i] = math.Float64frombits(w)
	}
	return x
}

// encode writes sections.
func encode(sections []section) []byte {
	size := len(stateMagic) + 8
	for i := range sections {
		size += 2*binary.MaxVarintLen64 + len(sections[i].name) + 8*len(sections[i].words)
	}
	b := append(make([]byte, 0, size), stateMagic...)
	for i := range sections {
		s := &sections[i]
		b = binary.AppendUvarint(b, uint64(len(s.name)))
		b = append(b, s.name...)
		b = binary.AppendUvarint(b, uint64(len(s.words)))
		for _, w := range s.words {
			b = binary.LittleEndian.AppendUint64(b, w)
		}
	}
	return binary.LittleEndian.AppendUint64(b, crc64.Checksum(b, stateTable))
}

// errDamaged says that bytes are not what was written.
var errDamaged = errors.New("damaged, or not a state of this version: start again without it")

// decode reads sections.
func decode(b []byte) ([]section, error) {
	body := len(b) - 8
	if body < len(stateMagic) || string(b[:len(stateMagic)]) != stateMagic {
		return nil, errDamaged
	}
	if binary.LittleEndian.Uint64(b[body:]) != crc64.Checksum(b[:body], stateTable) {
		return nil, errDamaged
	}
	var sections []section
	for rest := b[len(stateMagic):body]; len(rest) > 0; {
		name, after, ok := cut(rest, 1)
		if !ok {
			return nil, errDamaged
		}
		words, after, ok := cut(after, 8)
		if !ok {
			return nil, errDamaged
		}
		s := section{name: string(name), words: make([]uint64, len(words)/8)}
		for i := range s.words {
			s.words[i] = binary.LittleEndian.Uint64(words[8*i:])
		}
		sections, rest = append(sections, s), after
	}
	return sections, nil
}

// cut takes a varint n and n items of the given size off the front.
func cut(b []byte, size int) (items, rest []byte, ok bool) {
	n, used := binary.Uvarint(b)
	if used <= 0 || n > uint64(len(b)-used)/uint64(size) {
		return nil, nil, false
	}
	end := used + int(n)*size
	return b[used:end], b[end:], true
}

// reader takes sections in order; the first mistake stays.
type reader struct {
	sections []section
	err      error
}

// take returns the next section, which must have the name and, if words ≥ 0, the
// number of words.
func (r *reader) take(name string, words int) *section {
	if r.err != nil {
		return &section{words: make([]uint64, min(max(0, words), 8))} // enough for what is read before the check
	}
	if len(r.sections) == 0 {
		r.err = fmt.Errorf("%s: missing: start again without the state", name)
		return r.take(name, words)
	}
	s := &r.sections[0]
	r.sections = r.sections[1:]
	if s.name != name {
		r.err = fmt.Errorf("%s: %q stands in its place: start again without the state", name, s.name)
		return r.take(name, words)
	}
	if words >= 0 && len(s.words) != words {
		r.err = fmt.Errorf("%s: %d values, want %d: start again without the state", name, len(s.words), words)
		return r.take(name, words)
	}
	return s
}

// refuse records a mistake unless the condition holds.
func (r *reader) refuse(unless bool, name, what string) {
	if r.err == nil && !unless {
		r.err = fmt.Errorf("%s: %s: start again without the state", name, what)
	}
}
