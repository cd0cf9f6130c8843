import FoundationEssentials
import Synchronization

/// Makes request ids: UUIDv7 as text, from a generator of its own, since a request's id is no secret and must cost little.
final class RequestIDs: Sendable {
    private let generator: Mutex<SplitMix64>

    init() { generator = Mutex(SplitMix64(state: .random(in: .min ... .max))) }

    func next(at date: Date) -> String {
        let (head, tail) = generator.withLock { ($0.next(), $0.next()) }
        let milliseconds = UInt64(max(0, date.timeIntervalSince1970 * 1000))
        // 48 bits of time, the version, 12 random bits; the variant, 62 random bits.
        let high = milliseconds << 16 | 0x7000 | head & 0x0FFF
        let low = tail & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { text in
            var at = 0
            for digit in 0..<32 {
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    text[at] = UInt8(ascii: "-")
                    at += 1
                }
                let word = digit < 16 ? high : low
                text[at] = Self.digit(UInt8(truncatingIfNeeded: word >> UInt64(60 - digit % 16 * 4) & 15))
                at += 1
            }
            return at
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
}

/// Steele, Lea and Flood's generator (2014): fast and even, not for secrets.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
