/// Finds which phonemes are whose, where an engine joins words ("ɔnðə") or parts them.
enum PhonemeAlignment {
    private static let mostJoined = 6

    /// The number of the last phoneme of each word, plus one, in a clause that was pronounced as `groups`, joined by one space each.
    ///
    /// - Parameter lengths: how many phonemes each word has when it is pronounced alone.
    static func ends(of lengths: [Int], in groups: [Int]) -> [Int] {
        let total = groups.reduce(0, +) + max(0, groups.count - 1)
        guard !lengths.isEmpty, !groups.isEmpty else { return lengths.map { _ in 0 } }
        if lengths.count == groups.count {
            var end = -1
            return groups.map { group in
                end += group + 1
                return end
            }
        }
        guard let steps = path(lengths, groups) else { return spread(lengths, over: 0..<total) }
        var (ends, word, place) = ([Int](), 0, 0)
        var group = 0
        for (words, taken) in steps {
            let length = groups[group..<group + taken].reduce(0, +) + taken - 1
            ends += spread(Array(lengths[word..<word + words]), over: place..<place + length)
            word += words
            group += taken
            place += length + 1
        }
        return ends
    }

    /// In proportion to the words' own lengths.
    private static func spread(_ lengths: [Int], over range: Range<Int>) -> [Int] {
        let sum = max(1, lengths.reduce(0) { $0 + max(1, $1) })
        var taken = 0
        return lengths.map { length in
            taken += max(1, length)
            return range.lowerBound + range.count * taken / sum
        }
    }

    /// The cheapest way to give each run of words its run of groups, one of the two being a single one: (words, groups) by step.
    private static func path(_ words: [Int], _ groups: [Int]) -> [(Int, Int)]? {
        let (rows, columns) = (words.count + 1, groups.count + 1)
        var cost = [Int](repeating: .max, count: rows * columns)
        var step = [(Int, Int)](repeating: (0, 0), count: rows * columns)
        cost[0] = 0
        for row in 0..<rows {
            for column in 0..<columns where cost[row * columns + column] < .max {
                let known = cost[row * columns + column]
                func consider(_ taken: Int, _ used: Int) {
                    guard row + taken < rows, column + used < columns else { return }
                    let difference = words[row..<row + taken].reduce(0, +) - groups[column..<column + used].reduce(0, +)
                    let next = (row + taken) * columns + column + used
                    // A joined pair costs a little: where lengths tell nothing each word has its own.
                    let new = known + abs(difference) * 4 + taken + used - 2
                    if new < cost[next] {
                        cost[next] = new
                        step[next] = (taken, used)
                    }
                }
                consider(1, 1)
                for count in 2...mostJoined {
                    consider(count, 1)
                    consider(1, count)
                }
            }
        }
        guard cost[rows * columns - 1] < .max else { return nil }
        var (steps, row, column) = ([(Int, Int)](), rows - 1, columns - 1)
        while row > 0 || column > 0 {
            let last = step[row * columns + column]
            steps.append(last)
            row -= last.0
            column -= last.1
        }
        return steps.reversed()
    }
}
