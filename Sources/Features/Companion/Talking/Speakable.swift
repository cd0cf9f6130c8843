/// An answer as it is said: without the numbers of its sources, and not longer than one likes to listen.
enum Speakable {
    /// Characters after which the rest is left to be read.
    static let longest = 900

    /// - Parameter text: Markdown, with `[1]` where sources are.
    static func text(_ text: String, _ language: String) -> String {
        let plain = withoutCitations(text)
        guard plain.count > longest else { return plain }
        var said = ""
        for sentence in Sentences.whole(plain) {
            guard said.count + sentence.count <= longest || said.isEmpty else { break }
            said += sentence
        }
        return said + " " + OwnWords.restOnScreen(language)
    }

    static func withoutCitations(_ text: String) -> String {
        var (out, held): (String, String?) = ("", nil)
        for character in text {
            if let open = held {
                if character == "]" {
                    // “[1]”, “[2, 3]”
                    let isNumber =
                        open.dropFirst().allSatisfy { $0.isNumber || $0 == "," || $0 == " " } && open.contains(where: \.isNumber)
                    if isNumber {
                        while out.last == " " { out.removeLast() }
                    } else {
                        out += open + "]"
                    }
                    held = nil
                } else if character == "[" {
                    out += open
                    held = "["
                } else {
                    held = open + String(character)
                }
            } else if character == "[" {
                held = "["
            } else {
                out.append(character)
            }
        }
        return out + (held ?? "")
    }
}

/// Takes sentences out of a text while it grows.
struct Sentences: Sendable {
    private var open = ""

    /// The sentences that are now whole.
    mutating func add(_ text: String) -> [String] {
        open += text
        var done: [String] = []
        while let end = Self.end(of: open) {
            done.append(String(open[..<end]))
            open = String(open[end...])
        }
        return done
    }

    /// What is left at the end.
    mutating func rest() -> String? {
        defer { open = "" }
        return open.contains { $0.isLetter || $0.isNumber } ? open : nil
    }

    static func whole(_ text: String) -> [String] {
        var sentences = Sentences()
        let done = sentences.add(text)
        return done + (sentences.rest().map { [$0] } ?? [])
    }

    /// Behind the first end of a sentence that something follows: only that shows that it was none of “z.B.” or “3.5”.
    private static func end(of text: String) -> String.Index? {
        var at = text.startIndex
        while at < text.endIndex {
            let character = text[at]
            let next = text.index(after: at)
            if character == "\n", text[..<at].contains(where: \.isLetter) { return next }
            if ".!?。！？".contains(character) {
                var end = next
                while end < text.endIndex, "\"”“’)]*_".contains(text[end]) { end = text.index(after: end) }
                guard end < text.endIndex else { return nil }
                if text[end].isWhitespace, !isAbbreviation(text[..<at]) {
                    // The citation that follows belongs to it.
                    let after = text[end...].drop(while: \.isWhitespace)
                    guard let first = after.first else { return nil }
                    if first.isLowercase { at = end; continue }
                    return end
                }
            }
            at = next
        }
        return nil
    }

    private static func isAbbreviation(_ before: Substring) -> Bool {
        let word = before.reversed().prefix { !$0.isWhitespace }.reversed()
        let text = String(word).lowercased()
        let known: Set<String> = [
            "e.g", "i.e", "z.b", "d.h", "u.a", "etc", "usw", "bzw", "dr", "prof", "mr", "mrs", "fig", "abb", "no", "nr", "vs", "ca",
        ]
        return known.contains(text) || text.count == 1 && text.first?.isLetter == true
            || text.allSatisfy(\.isNumber) && text.count < 3
    }
}
