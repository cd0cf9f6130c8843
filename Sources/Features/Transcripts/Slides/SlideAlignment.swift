import Glibc

/// Finds which page of a talk's slides is shown while what is said, by the words of both.
///
/// A talk goes through its slides mostly one after the other; it may go back, or leave some out, which costs more than to stay. So the way
/// through the pages with the most words in common is looked for, and not the best page of each sentence alone.
enum SlideAlignment {
    struct Turn: Equatable {
        /// From 1.
        var page: Int
        /// Milliseconds.
        var start: Int
    }

    private static let turn = 0.35
    private static let jump = 1.2

    /// - Parameters:
    ///   - said: what is said from when on, in milliseconds and in order.
    ///   - pages: their texts, in order.
    static func turns(said: [(start: Int, text: String)], pages: [String]) -> [Turn] {
        let bags = pages.map { Set(words(of: $0)) }
        guard !said.isEmpty, bags.contains(where: { !$0.isEmpty }) else { return [] }
        // A word of every page tells none.
        var counts: [String: Int] = [:]
        for bag in bags { for word in bag { counts[word, default: 0] += 1 } }
        let weight = counts.mapValues { log(Double(bags.count + 1) / Double($0)) }
        let size = bags.map { bag in max(1, bag.reduce(0) { $0 + (weight[$1] ?? 0) }).squareRoot() }
        let scores = said.map { part -> [Double] in
            let heard = Set(words(of: part.text))
            return bags.indices.map { page in
                heard.reduce(0) { $0 + (bags[page].contains($1) ? weight[$1] ?? 0 : 0) } / size[page]
            }
        }
        let way = best(scores)
        // What has no word in common with its page says nothing of when it came.
        var (turns, open) = ([Turn](), Int?.none)
        for (number, page) in way.enumerated() where page != turns.last.map({ $0.page - 1 }) {
            if open != page { open = page }
            if scores[number][page] > 0 { turns.append(Turn(page: page + 1, start: said[number].start)) }
        }
        return turns
    }

    /// The page of each part on the way that is worth most.
    private static func best(_ scores: [[Double]]) -> [Int] {
        let count = scores[0].count
        var worth = scores[0].enumerated().map { $1 - ($0 == 0 ? 0 : turn * 2) }
        var from = [[Int]](repeating: [], count: scores.count)
        for number in scores.indices.dropFirst() {
            let top = worth.indices.max { worth[$0] < worth[$1] } ?? 0
            var (next, back) = ([Double](repeating: 0, count: count), [Int](repeating: 0, count: count))
            for page in 0..<count {
                var (value, source) = (worth[page], page)
                // One that is left out costs another turn. Where both are worth the same, the later turn is the one that something was
                // said for.
                for pages in 1...3 where page >= pages && worth[page - pages] - turn * Double(pages) > value - 1e-9 {
                    (value, source) = (worth[page - pages] - turn * Double(pages), page - pages)
                }
                if worth[top] - jump > value { (value, source) = (worth[top] - jump, top) }
                next[page] = value + scores[number][page]
                back[page] = source
            }
            worth = next
            from[number] = back
        }
        var page = worth.indices.max { worth[$0] < worth[$1] } ?? 0
        var way = [page]
        for number in scores.indices.dropFirst().reversed() {
            page = from[number][page]
            way.append(page)
        }
        return way.reversed()
    }

    /// In lower case, without what every text has. An ending or two less makes forms of a word one.
    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count > 3 || $0.allSatisfy(\.isNumber) }.map {
            $0.count > 6 ? String($0.prefix(6)) : $0.hasSuffix("s") ? String($0.dropLast()) : String($0)
        }
    }
}
