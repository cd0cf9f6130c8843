/// Some passages of one user, of as many documents as fit, which share the lists of their terms.
///
/// A segment only grows, and a passage keeps its ordinal, so that what was read of one stays true. Passages of a deleted document stay
/// in the lists and are passed over.
enum KeywordSegment {
    /// How many passages a segment takes, unless one document has more. A query reads one list for each of its terms and segments; a
    /// document that is added rewrites the lists of its terms in one.
    static let capacity = 8192

    /// A run of a segment's passages.
    struct Run: Sendable, Equatable {
        var first: Int
        var count: Int
        var end: Int { first + count }
    }

    static func encode(_ lengths: [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        for length in lengths { Postings.append(UInt(length), to: &bytes) }
        return bytes
    }

    /// How many terms each passage has; beyond 65,535 they are not told apart.
    static func lengths(_ bytes: [UInt8]) -> [UInt16] {
        var lengths: [UInt16] = []
        bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            while let length = Postings.read(bytes, &at) { lengths.append(UInt16(clamping: length)) }
        }
        return lengths
    }

    static func encode(_ runs: [Run]) -> [UInt8] {
        var bytes: [UInt8] = []
        for run in runs {
            Postings.append(UInt(run.first), to: &bytes)
            Postings.append(UInt(run.count), to: &bytes)
        }
        return bytes
    }

    static func runs(_ bytes: [UInt8]) -> [Run] {
        bytes.withUnsafeBufferPointer { bytes in
            var runs: [Run] = []
            var at = 0
            while let first = Postings.read(bytes, &at), let count = Postings.read(bytes, &at) {
                runs.append(Run(first: Int(first), count: Int(count)))
            }
            return runs
        }
    }

    /// What is left of `count` passages without `dead`, in order.
    static func living(of count: Int, without dead: [Run]) -> [Run] {
        var (living, at): ([Run], Int) = ([], 0)
        for run in dead.sorted(by: { $0.first < $1.first }) {
            if run.first > at { living.append(Run(first: at, count: run.first - at)) }
            at = max(at, run.end)
        }
        if at < count { living.append(Run(first: at, count: count - at)) }
        return living
    }
}
