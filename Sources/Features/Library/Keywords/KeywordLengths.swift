import Ambient
import Database
import Synchronization

/// Keeps in memory how long the passages of segments are: two bytes a passage, those of the users who searched last.
///
/// A segment's id is never used again and what it has is never changed, only added to, so an entry with as many passages as the segment
/// has now is right, whichever process wrote it.
final class KeywordLengths: Sendable {
    private struct Holding {
        var segments: [Int: [UInt16]] = [:]
        var used: UInt64 = 0
        var count: Int { segments.values.reduce(0) { $0 + $1.count } }
    }

    private struct State {
        var holdings: [UserID: Holding] = [:]
        var clock: UInt64 = 0
        var count = 0
    }

    /// Passages of all users; one user's stay even beyond it.
    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 16 << 20) { self.capacity = capacity }

    /// Of each segment, how many terms its passages have.
    func of(_ segments: [(id: Int, chunks: Int)], user: UserID, in transaction: any Transaction) async throws -> [[UInt16]] {
        let held = state.withLock { $0.holdings[user]?.segments ?? [:] }
        var known: [Int: [UInt16]] = [:]
        for segment in segments {
            if let lengths = held[segment.id], lengths.count == segment.chunks { known[segment.id] = lengths }
        }
        let missing = segments.map(\.id).filter { known[$0] == nil }
        for batch in missing.batches(of: 500) {
            let rows = try await transaction.query(
                "SELECT id, lengths FROM keyword_segments WHERE id IN \(list: Array(batch))")
            for row in rows { known[try row.get("id")] = KeywordSegment.lengths(try row.get("lengths")) }
        }
        keep(known, of: user)
        return segments.map { known[$0.id] ?? [] }
    }

    private func keep(_ known: [Int: [UInt16]], of user: UserID) {
        state.withLock { state in
            state.clock += 1
            var holding = state.holdings[user] ?? Holding()
            state.count -= holding.count
            holding.segments.merge(known) { $1 }
            holding.used = state.clock
            state.count += holding.count
            state.holdings[user] = holding
            while state.count > capacity,
                let oldest = state.holdings.filter({ $0.key != user }).min(by: { $0.value.used < $1.value.used })
            {
                state.count -= oldest.value.count
                state.holdings[oldest.key] = nil
            }
        }
    }
}
