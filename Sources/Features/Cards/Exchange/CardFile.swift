/// Cards as files of text hold them, whichever form the file has.
struct CardFile: Sendable {
    /// One text, and the line of the file that it begins on.
    struct Entry: Sendable, Equatable {
        var draft: CardService.Draft
        var line: Int

        static func == (a: Entry, b: Entry) -> Bool {
            a.line == b.line && a.draft.type == b.draft.type && a.draft.front == b.draft.front && a.draft.back == b.draft.back
                && a.draft.tags == b.draft.tags
        }
    }

    /// What could not be read, and where.
    struct Fault: Sendable, Equatable {
        var line: Int
        var reason: String
    }

    var entries: [Entry] = []
    var faults: [Fault] = []

    /// What a file may be, by the ending of its name.
    enum Form: String, Sendable, CaseIterable, Codable {
        case csv
        case md
        /// Front and back with a tab between, as Mnemosyne, Anki and others read and write them.
        case txt

        init?(filename: String) {
            switch filename.split(separator: ".").last.map({ $0.lowercased() }) {
            case "csv": self = .csv
            case "md", "markdown": self = .md
            case "txt", "tsv", "text": self = .txt
            default: return nil
            }
        }

        var mediaType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .md: "text/markdown; charset=utf-8"
            case .txt: "text/plain; charset=utf-8"
            }
        }

        func read(_ text: String) -> CardFile {
            let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
            return switch self {
            case .csv, .txt: CardTable.read(text, form: self)
            case .md: CardMarkdown.read(text)
            }
        }

        func write(_ texts: [CardText]) -> String {
            switch self {
            case .csv, .txt: CardTable.write(texts, form: self)
            case .md: CardMarkdown.write(texts)
            }
        }
    }

    /// Adds what can be learned, and says of the rest what is wrong with it.
    mutating func add(_ front: String, _ back: String, type: CardType, tags: [String], line: Int) {
        let draft = CardService.Draft(
            type, front: front.trimmedOfSpace, back: back.trimmedOfSpace,
            tags: CardService.tags(tags).filter { $0.count <= CardText.longestTag })
        if let fault = draft.faults.sorted(by: { $0.key < $1.key }).first {
            faults.append(Fault(line: line, reason: "\(fault.key) \(fault.value)"))
        } else {
            entries.append(Entry(draft: draft, line: line))
        }
    }
}

extension CardService.Draft {
    /// What is wrong with it, by field.
    var faults: [String: String] {
        for (name, side) in [("front", front), ("back", back)] where side.unicodeScalars.count > CardText.longest {
            return [name: "must have at most \(CardText.longest) characters"]
        }
        return CardText.faults(type: type, front: front, back: back)
    }
}

extension String {
    /// Without white space at either end.
    var trimmedOfSpace: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
