/// Tells the companion's own words, heard through the loudspeakers, from the student's.
///
/// The browser takes most of them out of the sound; what is left would make the companion answer itself.
struct EchoGuard: Sendable {
    private var said: [String] = []

    /// Words that are spoken just now or were a moment ago.
    mutating func speaks(_ text: String) {
        said += Phrase(text).words
        if said.count > 120 { said.removeFirst(said.count - 120) }
    }

    /// Whether what was heard while it spoke is what it said: most of the words, in pairs that it said too.
    func isEcho(_ heard: String) -> Bool {
        let words = Phrase(heard).words
        guard !words.isEmpty, !said.isEmpty else { return false }
        let known = Set(said)
        let shared = words.count { known.contains($0) }
        guard words.count >= 3 else { return shared == words.count }
        let pairs = Set(zip(said, said.dropFirst()).map { "\($0) \($1)" })
        let found = zip(words, words.dropFirst()).count { pairs.contains("\($0) \($1)") }
        return shared * 10 >= words.count * 7 && found * 10 >= (words.count - 1) * 7
    }
}

extension Sequence {
    fileprivate func count(where isCounted: (Element) -> Bool) -> Int { reduce(0) { $0 + (isCounted($1) ? 1 : 0) } }
}
