import Ambient
import LanguageModels
import Passages

/// What a model is given to answer from.
extension AnswerMaker {
    /// - Parameter around: whether what stands beside the passages is wanted too.
    func prompt(
        _ task: Assignment, _ standalone: String, _ passages: [Passage], reading: [String]? = nil, around: Bool
    ) async throws -> (prompt: AnswerPrompt, passages: [Passage]) {
        let beside = around && reading == nil ? try await neighbours(of: passages, user: task.user) : []
        let prompt = AnswerPrompt(
            question: task.question, standaloneQuestion: standalone,
            history: (task.told ?? task.history.suffix(configuration.historyTurns)).map {
                ChatTurn($0.role == .user ? .user : .assistant, $0.content)
            }, passages: passages.enumerated().map { Self.source($1, number: $0 + 1, isFound: reading == nil) },
            neighbours: beside.enumerated().map { Self.source($1, number: passages.count + $0 + 1, isFound: false) },
            reading: reading)
        return (prompt, passages + beside)
    }

    /// What stands beside the best passages in their documents.
    private func neighbours(of passages: [Passage], user: UserID) async throws -> [Passage] {
        var wanted: [DocumentID: Set<Int>] = [:]
        var found: [DocumentID: Set<Int>] = [:]
        for (rank, passage) in passages.enumerated() {
            guard let ordinal = passage.ordinal else { continue }
            found[passage.documentID, default: []].insert(ordinal)
            let reach = rank < 3 ? 2 : rank < 6 ? 1 : 0
            for place in max(0, ordinal - reach)...(ordinal + reach) { wanted[passage.documentID, default: []].insert(place) }
        }
        let stretches = wanted.flatMap { document, places in
            places.subtracting(found[document] ?? []).sorted().map { PassageStretch(document: document, ordinals: $0..<($0 + 1)) }
        }
        return stretches.isEmpty ? [] : try await search.passages(in: stretches, user: user)
    }

    private static func source(_ passage: Passage, number: Int, isFound: Bool) -> SourcePassage {
        let sections = passage.sectionStarts.map {
            SourcePassage.Section(offset: $0.offset, path: $0.section.map(Passage.headings) ?? [])
        }
        return SourcePassage(
            number: number, title: passage.title, section: passage.openingSectionBelowTitle, page: passage.page, text: passage.text,
            document: passage.documentID.description, ordinal: passage.ordinal,
            sections: sections.isEmpty ? [.init(offset: 0, path: passage.openingSection.map(Passage.headings) ?? [])] : sections,
            score: isFound ? passage.score : nil)
    }
}
