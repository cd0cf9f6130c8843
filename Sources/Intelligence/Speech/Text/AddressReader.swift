/// How the address of a web page or a mailbox is said: the name of the server, without what only machines need.
enum AddressReader {
    static func said(_ address: String) -> [String] {
        var text = address[...]
        if let scheme = text.firstRange(of: "://") { text = text[scheme.upperBound...] }
        if text.hasPrefix("mailto:") { text = text.dropFirst(7) }
        if text.hasPrefix("www.") { text = text.dropFirst(4) }
        let isMail = text.contains("@") && !text.contains("/")
        let server = text.prefix { !"/?#".contains($0) }
        let halves = server.split(separator: "@")
        var words: [String] = []
        for (place, half) in halves.enumerated() {
            if place > 0, isMail { words.append("at") }
            if place == 0, halves.count > 1, !isMail { continue }
            let parts = half.split { ".:".contains($0) }
            for (number, part) in parts.enumerated() {
                if number > 0 { words.append("dot") }
                words +=
                    part.allSatisfy(\.isNumber)
                    ? EnglishNumber.digits(part)
                    : EnglishWord.said(part.count == 2 && (place > 0 || !isMail) ? part.uppercased() : String(part))
            }
        }
        return words
    }
}
