package import FoundationEssentials
import Synchronization

/// RFC 9562 version 7: 48 bits of Unix milliseconds, then a counter that rises within the millisecond, then randomness.
package enum UUIDv7 {
    /// The last (millisecond, counter) given out by this process; ids made in one millisecond still sort in the order of making.
    private static let last = Mutex<(millisecond: UInt64, counter: UInt16)>((0, 0))

    package static func make(at date: Date) -> UUID {
        var generator = SystemRandomNumberGenerator()
        return make(at: date, using: &generator)
    }

    package static func make(at date: Date, using generator: inout some RandomNumberGenerator) -> UUID {
        let wanted = UInt64(max(0, date.timeIntervalSince1970 * 1000))
        let seed = UInt16.random(in: 0..<0x400, using: &generator)
        let (millisecond, counter) = last.withLock { last -> (UInt64, UInt16) in
            if wanted > last.millisecond {
                last = (wanted, seed)
            } else if last.counter < 0xFFF {
                last.counter += 1
            } else {
                last = (last.millisecond + 1, seed)
            }
            return (last.millisecond, last.counter)
        }
        let tail = UInt64.random(in: .min ... .max, using: &generator)
        func byte(_ value: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
        return UUID(
            uuid: (
                byte(millisecond, 40), byte(millisecond, 32), byte(millisecond, 24), byte(millisecond, 16), byte(millisecond, 8),
                byte(millisecond, 0), 0x70 | UInt8(counter >> 8), UInt8(counter & 0xFF), 0x80 | (byte(tail, 56) & 0x3F),
                byte(tail, 48), byte(tail, 40), byte(tail, 32), byte(tail, 24), byte(tail, 16), byte(tail, 8), byte(tail, 0)
            ))
    }
}
