/// The things that a question is about, as it names them.
extension Question {
    static func acronym(in text: String, _ joined: String) -> String? {
        let asks = [
            " stand for ", " stands for ", " abbreviation ", " acronym ", " short for ", " mean ",
            " means ", " meaning of ",
        ]
        let others = [
            "缩写", "全称", "代表什么", "の略", "약자", "abkürzung", "steht für", "wofür steht", "abréviation", "signifie", "sigle",
            "significa",
            "siglas", "abreviatura",
        ]
        let lower = text.lowercased()
        guard asks.contains(where: joined.contains) || others.contains(where: lower.contains) else { return nil }
        return text.split { !($0.isLetter && !Script.isPaired($0)) && !$0.isNumber && $0 != "/" && $0 != "-" }.map(String.init)
            .first { word in
                word.count >= 2 && word.count <= 8 && word.filter(\.isUppercase).count >= 2
                    && word.filter(\.isUppercase).count * 2 >= word.count
            }
    }

    /// The words of the thing that is asked about, up to what it is said of.
    static func head(of words: [String]) -> [String] {
        let borders: Set<String> = [
            "of", "in", "for", "on", "between", "with", "to", "from", "used", "called", "mean", "stand",
        ]
        var found: [String] = []
        func isContent(_ index: Int) -> Bool {
            words.indices.contains(index) && !Words.stopWords.contains(words[index]) && !borders.contains(words[index])
                && !Words.askingWords.contains(Words.stem(words[index]))
        }
        for (index, word) in words.enumerated() {
            if borders.contains(word) {
                if found.isEmpty { continue }
                break
            }
            let stem = Words.stem(word)
            guard !Words.stopWords.contains(word) else { continue }
            // The function of a cell is asked for, a hash function is a thing.
            if Words.askingWords.contains(stem) {
                let isPart =
                    index > 0 && ["a", "an"].contains(words[index - 1]) && words[0] == "what" || isContent(index - 1)
                    || isContent(index + 1) && index > 1 && !Self.commands.contains(word)
                guard isPart else { continue }
            }
            found.append(stem)
        }
        return found
    }

    private static let commands: Set<String> = [
        "explain", "define", "describe", "discuss", "outline", "identify", "give", "list", "name", "show", "main", "different",
        "mean",
        "major", "important",
    ]

    /// “A” and “B” of “the difference between A and B”, “compare A with B”, “A vs. B”.
    static func sideNames(in text: String) -> [String] {
        var words = text.split { $0.isWhitespace || "?,.!".contains($0) }.map(String.init)
        let lower = words.map { $0.lowercased() }
        let separators: Set<String> = ["and", "vs", "versus", "from", "with", "to", "und", "et", "y"]
        let start =
            lower.firstIndex {
                ["between", "compare", "zwischen", "entre", "is", "does", "do", "are"].contains($0)
            }.map { $0 + 1 } ?? 0
        words = Array(words[start...])
        guard let cut = words.firstIndex(where: { separators.contains($0.lowercased()) }) else {
            return []
        }
        func name(_ words: ArraySlice<String>) -> String {
            let borders = ["differ", "different", "compare", "in", "as"]
            let kept = words.prefix { !borders.contains($0.lowercased()) }.drop {
                ["a", "an", "the"].contains($0.lowercased())
            }
            return kept.joined(separator: " ")
        }
        return [name(words[..<cut]), name(words[(cut + 1)...])].filter { !$0.isEmpty && $0.count <= 60 }
    }

    static func subjects(of kind: Kind, _ words: [String]) -> [[String]] {
        func content(_ words: some Sequence<String>) -> [String] {
            words.filter { !Words.stopWords.contains($0) }.map(Words.stem).filter { !Words.askingWords.contains($0) }
        }
        guard kind == .compare else {
            let all = content(words)
            return all.isEmpty ? [] : [all]
        }
        let separators: Set<String> = ["and", "vs", "versus", "from", "with", "to", "und", "et", "y"]
        let start =
            words.firstIndex { ["between", "compare", "zwischen", "entre", "is", "does", "do", "are"].contains($0) }.map { $0 + 1 }
            ?? 0
        let rest = Array(words[start...])
        guard let cut = rest.firstIndex(where: separators.contains) else { return [content(rest)] }
        return [content(rest[..<cut]), content(rest[(cut + 1)...])].filter { !$0.isEmpty }
    }
}
