/// What the answer before has said. A further question about the same is not answered by saying it again.
struct Told: Sendable {
    private let text: String

    init(_ prompt: AnswerPrompt) {
        let isFollowUp = prompt.standaloneQuestion != prompt.question
        let last = prompt.history.last { $0.role == .assistant }?.content ?? ""
        text = isFollowUp ? Self.letters(last) : ""
    }

    var isEmpty: Bool { text.isEmpty }

    func holds(_ unit: Unit) -> Bool {
        guard !text.isEmpty else { return false }
        let sentences = unit.blocks.flatMap(\.parts).map(Self.letters).filter { $0.count >= 20 }
        let known = sentences.count { text.contains($0) }
        return !sentences.isEmpty && known * 2 > sentences.count
    }

    func holds(_ sentence: String) -> Bool { !text.isEmpty && text.contains(Self.letters(sentence)) }

    private static func letters(_ text: String) -> String {
        CitationMarkers.removed(from: text).lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
