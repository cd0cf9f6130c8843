import Synchronization

/// Makes ids of spans and traces: they are no secrets, and each request takes several, so they come from an atomic counter that is mixed
/// (SplitMix64; Steele, Lea and Flood, 2014) rather than from the system.
final class SpanIDs: Sendable {
    static let shared = SpanIDs()

    private let high = Atomic<UInt64>(.random(in: .min ... .max))
    private let low = Atomic<UInt64>(.random(in: .min ... .max))

    /// Never zero.
    func next() -> UInt64 { Self.mixed(advance(low)) | 1 }

    func trace() -> SpanContext.TraceID {
        SpanContext.TraceID(high: Self.mixed(advance(high)), low: next())
    }

    private func advance(_ counter: borrowing Atomic<UInt64>) -> UInt64 {
        counter.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
    }

    private static func mixed(_ state: UInt64) -> UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
