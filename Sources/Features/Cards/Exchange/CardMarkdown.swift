import TypedText

/// Cards as Markdown: blocks of `Q:` and `A:` with `---` between, or lines of `front :: back`; `:::` asks both ways, as in Obsidian.
enum CardMarkdown {
    static func read(_ text: String) -> CardFile {
        var file = CardFile()
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        var block: Block?
        func close() {
            guard let done = block else { return }
            block = nil
            let front = done.front.joined(separator: "\n")
            let named = CardType(rawValue: done.type)
            if !done.type.isEmpty, named == nil {
                file.faults.append(.init(line: done.line, reason: "there is no type “\(done.type.prefix(40))”"))
            } else {
                let type = named ?? (ClozeText(front).numbers.isEmpty ? .basic : .cloze)
                file.add(front, done.back.joined(separator: "\n"), type: type, tags: done.tags, line: done.line)
            }
        }
        for (index, line) in lines.enumerated() {
            if let rest = line.after("Q:") {
                close()
                block = Block(line: index + 1, front: [rest])
            } else if line.trimmedOfSpace == "---" {
                close()
            } else if block != nil, let rest = line.after("A:") {
                block?.inBack = true
                block?.back.append(rest)
            } else if block != nil, let rest = line.after("Tags:") {
                block?.tags = rest.split(separator: ",").map(String.init)
            } else if block != nil, let rest = line.after("Type:") {
                block?.type = rest.trimmedOfSpace
            } else if block?.inBack == true {
                block?.back.append(line)
            } else if block != nil {
                block?.front.append(line)
            } else if let (front, back, both) = oneLine(line) {
                file.add(front, back, type: both ? .reversed : .basic, tags: [], line: index + 1)
            } else if !ClozeText(line).numbers.isEmpty {
                file.add(line, "", type: .cloze, tags: [], line: index + 1)
            }
        }
        close()
        return file
    }

    static func write(_ texts: [CardText]) -> String {
        texts.map { text in
            var lines = ["Q: \(text.front)", ""]
            if !text.back.isBlank { lines += ["A: \(text.back)", ""] }
            if text.type == .reversed { lines += ["Type: reversed", ""] }
            if !text.tags.isEmpty { lines += ["Tags: \(text.tags.joined(separator: ", "))", ""] }
            return lines.joined(separator: "\n")
        }.joined(separator: "---\n\n")
    }

    private struct Block {
        var line: Int
        var front: [String]
        var back: [String] = []
        var tags: [String] = []
        var type = ""
        var inBack = false
    }

    private static func oneLine(_ line: String) -> (front: String, back: String, both: Bool)? {
        // A gap has the same sign within.
        guard ClozeText(line).numbers.isEmpty else { return nil }
        for (sign, both) in [(" ::: ", true), (" :: ", false)] {
            guard let place = line.firstRange(of: sign) else { continue }
            let front = line[..<place.lowerBound].drop { "-*• ".contains($0) }
            return (String(front), String(line[place.upperBound...]), both)
        }
        return nil
    }
}

extension String {
    fileprivate func after(_ mark: String) -> String? {
        guard hasPrefix(mark) else { return nil }
        return String(dropFirst(mark.count).drop { $0 == " " })
    }
}
