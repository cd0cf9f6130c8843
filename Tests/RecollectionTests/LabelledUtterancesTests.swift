import FoundationEssentials
import Recollection
import Testing

/// The half of the labelled set that rules are tuned by; the other half is for `make bench` alone.
@Suite struct LabelledUtterancesTests {
    private struct Label: Hashable {
        var kind: String
        /// Words that the memory must hold.
        var words: String
    }

    private static func utterances() throws -> [(labels: [Label], text: String)] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/tuning.tsv")
        return try String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n").map { line in
            let columns = line.split(separator: "\t", maxSplits: 1)
            try #require(columns.count == 2, "\(line)")
            let labels = columns[0].split(separator: ";").filter { $0 != "-" }.map { $0.split(separator: ":", maxSplits: 1) }
            return (labels.map { Label(kind: String($0[0]), words: $0[1].lowercased()) }, String(columns[1]))
        }
    }

    @Test("Of what students say, nine in ten memories that are found are right, and eight in ten are found")
    func bounds() throws {
        let utterances = try Self.utterances()
        #expect(utterances.count == 100)
        var (labels, found, right) = (0, 0, 0)
        for utterance in utterances {
            var open = utterance.labels
            labels += open.count
            for memory in RecollectionRules.reading(of: utterance.text).found {
                found += 1
                let match = open.firstIndex { $0.kind == memory.kind.rawValue && memory.text.lowercased().contains($0.words) }
                if let match {
                    open.remove(at: match)
                    right += 1
                }
            }
        }
        #expect(Double(right) >= 0.9 * Double(found), "\(right) of \(found) found are right")
        #expect(Double(right) >= 0.8 * Double(labels), "\(right) of \(labels) are found")
    }
}
