import Ambient
import Database
import FoundationEssentials
import Glibc
import Library
import Passages

/// How long a search by words takes over very many passages of one user.
///
/// Passages have 60 terms, as frequent as words are. Only the lists of the terms that queries use are written, and one of all others
/// together: those of other terms would not be read.
struct KeywordGrowth {
    private static let length = 60
    private static let vocabulary = 50_000
    private static let documentSize = 500

    let database: any Database
    let passages: Int
    /// Ranks of the terms that queries use, from the commonest on.
    private let ranks: [Int] = (0..<300).map { Int(pow(Double(20_000), Double($0) / 299)) + $0 }

    init(database: any Database, passages: Int) {
        self.database = database
        self.passages = passages
    }

    func run() async throws {
        try await Owner.migrate(database)
        var chance = Chance(1)
        let clock = ContinuousClock()
        var user: UserID?
        var left = passages
        let adding = try await clock.measure {
            while left > 0 {
                let count = min(left, Self.documentSize)
                let terms = DocumentTerms(passages: made(count, &chance))
                let known = user
                user = try await database.transaction(as: .system) { transaction in
                    var owner = known
                    if owner == nil { owner = try await Owner.make(in: transaction) }
                    guard let owner else { return nil }
                    let (document, _) = try await Owner.document(chunks: count, of: owner, model: "none", in: transaction)
                    try await KeywordStore().save(terms, of: document, user: owner, in: transaction)
                    return owner
                }
                left -= count
            }
        }
        guard let user else { return }
        if database.dialect == .postgres { try await database.transaction(as: .system) { try await $0.execute("ANALYZE") } }
        let search = KeywordSearch()
        var (times, found): ([Double], Int) = ([], 0)
        var first = 0.0
        for turn in 0...60 {
            let query = (0..<Int.random(in: 3...5, using: &chance)).map { _ in term(Int.random(in: 20..<300, using: &chance)) }
                .joined(separator: " ")
            let time = Figures.milliseconds(
                try await clock.measure {
                    found += try await database.read(as: .user(user)) {
                        try await search.search(query, user: user, in: nil, limit: 200, transaction: $0)
                    }.hits.count
                })
            if turn == 0 { first = time } else { times.append(time) }
        }
        Figures.print([
            "passages": Double(passages), "add_s": Figures.milliseconds(adding) / 1000, "first_ms": first,
            "p50_ms": Figures.quantile(times, 0.5), "p95_ms": Figures.quantile(times, 0.95), "hits": Double(found) / 61,
            "rss_mb": Figures.residentMegabytes(),
        ])
    }

    private func term(_ index: Int) -> String { "term\(index)k" }

    /// Passages whose terms occur as often as words of their rank do (Zipf's law).
    private func made(_ count: Int, _ chance: inout Chance) -> [[String]] {
        var passages = [[String]](repeating: [], count: count)
        let harmonic = log(Double(Self.vocabulary)) + 0.5772
        for (index, rank) in ranks.enumerated() {
            let share = 1 - pow(1 - 1 / (Double(rank) * harmonic), Double(Self.length))
            // From one passage that has it to the next.
            var at = -1
            while true {
                at += 1 + Int(log(1 - Double.random(in: 0..<1, using: &chance)) / log(1 - share))
                guard at < count else { break }
                passages[at].append(term(index))
            }
        }
        for index in passages.indices {
            passages[index] += repeatElement("other", count: max(0, Self.length - passages[index].count))
        }
        return passages
    }
}
