import FoundationEssentials
import Glibc

/// How frequent English words are, on the Zipf scale: 7 for `the`, 5 for `process`, 3 for `photosynthesis`, 1 for what nobody says.
///
/// Read from a list of words with their counts in Google's books, as the spelling corrector symspellpy carries it.
package struct WordFrequencies: Sendable {
    private let zipf: [String: Float]

    /// - Throws: what reading the file throws.
    package init(path: String) throws {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        var counts: [(String, Double)] = []
        var total = 0.0
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: " ")
            guard fields.count == 2, let count = Double(fields[1]) else { continue }
            counts.append((fields[0].trimmingPrefix("\u{FEFF}").lowercased(), count))
            total += count
        }
        var zipf: [String: Float] = [:]
        zipf.reserveCapacity(counts.count)
        for (word, count) in counts where count > 0 { zipf[word] = Float(log10(count / total * 1e9)) }
        self.zipf = zipf
    }

    init() { zipf = [:] }

    /// - Parameter word: in lower case.
    package func zipf(of word: String) -> Double {
        if let known = zipf[word] { return Double(known) }
        // Plurals that the list leaves out.
        if word.hasSuffix("s"), let known = zipf[String(word.dropLast())] { return Double(known) }
        return 1
    }

    package var isEmpty: Bool { zipf.isEmpty }
}
