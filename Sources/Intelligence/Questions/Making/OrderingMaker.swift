import LanguageModels

/// Asks for the order of the steps of a numbered list.
struct OrderingMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        for list in bench.lists where list.isNumbered && (3...8).contains(list.items.count) {
            let context = ((list.headings.last ?? "") + " " + (list.lead ?? "")).lowercased()
            guard Self.signs.contains(where: context.contains) else { continue }
            let items = list.items.map { SentenceSplitter.sentences(in: $0.text).first?.text ?? $0.text }
            guard items.allSatisfy({ (2...25).contains($0.split(separator: " ").count) && !$0.hasPrefix("To ") }),
                Set(items).count == items.count
            else {
                harvest.drop(.form)
                continue
            }
            guard let first = list.items.first, let last = list.items.last else { continue }
            let lead = list.lead.map { $0.trimmingCharacters { ":. ".contains($0) } } ?? list.headings.last ?? ""
            let stem = "Put these in order. \(lead):"
            let range = first.range.lowerBound..<last.range.upperBound
            harvest.keep(
                Candidate(
                    draft: DraftQuestion(
                        kind: .ordering, making: .ordering, stem: stem, content: .ordering(items),
                        explanation: items.joined(separator: " "),
                        origin: bench.origin(list.passage, range, items.joined(separator: " "), list.headings),
                        topic: list.headings.last ?? lead, difficulty: 4, bloom: .understand),
                    sentence: nil, key: "order:\(items[0])", weight: 1, stems: Set(Words.contentStems(of: lead))))
        }
        return harvest
    }

    private static let signs = [
        "step", "procedure", "handshake", "stage", "phase", "process", "sequence", "order", "how to", "cycle", "in turn",
        "as follows",
    ]
}
