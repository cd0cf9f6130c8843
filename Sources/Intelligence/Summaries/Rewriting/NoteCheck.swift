import Embedding
import LanguageModels

/// Whether a line of a note says what the sentences that it cites say.
struct NoteCheck: Sendable {
    enum Verdict {
        /// A heading, a rule, the head of a table: it states nothing.
        case frame
        case borne
        case refused
    }

    /// The share of a line's words that its sources must hold; with fewer it must at least mean the same.
    private static let held = 0.6
    private static let leastHeld = 0.25
    private static let nearness = 0.6
    private static let negations: Set<String> = [
        "not", "no", "never", "without", "nor", "none", "cannot", "nicht", "kein", "keine", "keinen", "keiner", "nie", "ohne",
        "pas",
        "jamais", "sans", "nunca", "sin",
    ]

    let embedder: (any TextEmbedder)?

    /// - Parameter sources: the first is `[1]`.
    func verdict(on line: String, _ sources: [String]) async throws -> Verdict {
        var cited: [Int] = []
        let uncited = CitationMarkers.replaced(in: line) { marker, _ in if let number = Int(marker) { cited.append(number) } }
        // The number of an item says nothing of what it is about.
        let plain = String(uncited.trimmingPrefix(/\s*\d+[.)]\s/))
        let words = plain.filter { $0.isLetter || $0.isNumber || $0.isWhitespace }
        if words.allSatisfy(\.isWhitespace) { return cited.isEmpty ? .frame : .refused }
        if cited.isEmpty { return Self.isFrame(line) ? .frame : .refused }
        guard cited.allSatisfy({ sources.indices.contains($0 - 1) }) else { return .refused }
        let told = Set(cited).sorted().map { sources[$0 - 1] }
        let whole = told.joined(separator: " ")
        guard Self.numbers(in: plain).isSubset(of: Self.numbers(in: whole)) else { return .refused }
        // A denial that is left out, or put in, turns what is said round.
        guard told.count > 1 || Self.isDenied(plain) == Self.isDenied(whole) else { return .refused }
        let wanted = Set(Words.contentStems(of: plain))
        let own = Set(Words.contentStems(of: whole))
        guard !wanted.isEmpty else { return .refused }
        let share = Double(wanted.intersection(own).count) / Double(wanted.count)
        if share >= Self.held { return .borne }
        guard share >= Self.leastHeld, let embedder else { return .refused }
        let vectors = try await embedder.embed([plain, whole])
        guard vectors.count == 2 else { return .refused }
        let cosine = zip(vectors[0], vectors[1]).reduce(0.0) { $0 + Double($1.0 * $1.1) }
        return embedder.scale(cosine) >= Self.nearness ? .borne : .refused
    }

    private static func isFrame(_ line: String) -> Bool {
        let plain = line.trimmingPrefix { $0.isWhitespace }
        if plain.hasPrefix("#") { return plain.count <= 120 }
        // The head of a table, in whatever language.
        return plain.hasPrefix("|") && plain.count <= 60
            && plain.split(separator: "|").allSatisfy { $0.split(separator: " ").count <= 3 }
    }

    private static func isDenied(_ text: String) -> Bool {
        text.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }.contains { word in
            negations.contains(String(word)) || word.hasSuffix("n't") || word.hasSuffix("n’t")
        }
    }

    private static func numbers(in text: String) -> Set<String> {
        Set(text.split { !$0.isNumber && $0 != "." && $0 != "," }.map { $0.filter(\.isNumber) }.filter { !$0.isEmpty })
    }
}
