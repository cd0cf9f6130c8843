import Ambient
import FoundationEssentials
import Synchronization

/// Makes request ids: UUIDv7 as text, from a generator of the process's own, since a request's id is no secret and must cost little.
final class RequestIDs: Sendable {
    private let generator: Mutex<SplitMix64>

    init() { generator = Mutex(SplitMix64(state: .random(in: .min ... .max))) }

    func next(at date: Date) -> String {
        let uuid = generator.withLock { UUIDv7.make(at: date, using: &$0) }
        return withUnsafeBytes(of: uuid.uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                var at = 0
                for (index, byte) in bytes.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        text[at] = UInt8(ascii: "-")
                        at += 1
                    }
                    text[at] = Self.digit(byte >> 4)
                    text[at + 1] = Self.digit(byte & 15)
                    at += 2
                }
                return at
            }
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
