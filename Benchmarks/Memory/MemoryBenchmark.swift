import FoundationEssentials
import Recollection

/// Prints as JSON how well the rules find what utterances tell of their students: `memory-bench LABELLED.tsv`.
///
/// A found memory is right if its utterance has a label of its kind whose words it holds; each label counts once.
@main
struct MemoryBenchmark {
    static func main() throws {
        guard CommandLine.arguments.count > 1 else { throw Unusable() }
        let wantsList = CommandLine.arguments.contains("--list")
        let lines = String(decoding: try Data(contentsOf: URL(filePath: CommandLine.arguments[1])), as: UTF8.self).split(
            separator: "\n")
        var score = Score()
        let began = ContinuousClock.now
        for line in lines {
            let columns = line.split(separator: "\t", maxSplits: 1)
            guard columns.count == 2 else { throw Unusable() }
            let found = RecollectionRules.reading(of: String(columns[1])).found
            for mistake in score.add(found, labels: String(columns[0])) where wantsList { print("\(mistake)\t\(columns[1])") }
        }
        let took = (ContinuousClock.now - began) / .microseconds(1) / Double(max(1, lines.count))
        print(
            """
            {"utterances": \(lines.count), "labels": \(score.labels), "found": \(score.found), "right": \(score.right), \
            "precision": \(score.precision), "recall": \(score.recall), "silent": \(score.silent), "wrongly_taken": \(score.wronglyTaken), \
            "microseconds": \(took)}
            """)
    }
}

struct Unusable: Error {}

/// Counts over utterances.
struct Score {
    private(set) var labels = 0
    private(set) var found = 0
    private(set) var right = 0
    /// Utterances that hold no memory, and of how many of them one was taken.
    private(set) var silent = 0
    private(set) var wronglyTaken = 0

    var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }
    var recall: Double { labels == 0 ? 1 : Double(right) / Double(labels) }

    /// Returns what is wrong, a line each.
    mutating func add(_ memories: [Recollected], labels text: String) -> [String] {
        var open = text == "-" ? [] : text.split(separator: ";").map { $0.split(separator: ":", maxSplits: 1).map { String($0) } }
        labels += open.count
        found += memories.count
        if open.isEmpty {
            silent += 1
            wronglyTaken += memories.isEmpty ? 0 : 1
        }
        var mistakes: [String] = []
        for memory in memories {
            let match = open.firstIndex { $0[0] == memory.kind.rawValue && memory.text.lowercased().contains($0[1].lowercased()) }
            if let match {
                open.remove(at: match)
                right += 1
            } else {
                mistakes.append("WRONG \(memory.kind.rawValue) “\(memory.text)”")
            }
        }
        return mistakes + open.map { "MISSED \($0[0])" }
    }
}
