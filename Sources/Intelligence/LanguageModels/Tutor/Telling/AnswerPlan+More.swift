/// What else a document says, where there is room.
extension AnswerPlan {
    /// Words of an answer that has room for no more.
    private static let full = 130

    /// An answer with the next best unit of the document that it is from, if that is about as good.
    func more(_ parts: [AnswerPart]) -> [AnswerPart] {
        var parts = parts
        var left = Self.full - parts.reduce(0) { $0 + $1.words }
        guard ![.quantity, .when, .who, .compare, .list].contains(question.kind) else { return parts }
        let first = units[0]
        var told = parts.map(\.letters).joined()
        for unit in units.dropFirst() where left >= 25 && unit.document == first.document && unit.blocks[0].kind != .list {
            guard unit.score >= first.score - 0.4, unit.words >= 8, words.share(in: unit.stemSet, or: unit.headingStems) >= 0.3,
                !told.contains(AnswerPart.letters(unit.blocks[0].parts[0]))
            else { continue }
            let own = trimmer.parts(of: unit, limit: left)
            guard own.reduce(0, { $0 + $1.words }) <= left + 20 else { continue }
            parts += own
            told += own.map(\.letters).joined()
            left -= own.reduce(0) { $0 + $1.words }
        }
        return parts
    }
}

extension AnswerPart {
    /// Letters and digits of what it tells.
    var letters: String { Self.letters(plain) }

    /// What it tells, without form.
    var plain: String {
        switch self {
        case .text(let text, _), .code(let text, _), .remark(let text): text
        case .list(let items, _), .table(let items, _): items.joined(separator: "\n")
        case .gap: ""
        }
    }

    static func letters(_ text: String) -> String { String(text.lowercased().filter { $0.isLetter || $0.isNumber }) }
}
