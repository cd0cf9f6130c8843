import TypedText

/// Cards as a table: CSV (RFC 4180) with commas, semicolons or tabs, or lines of front and back with a tab between.
enum CardTable {
    private static let columns = ["type", "front", "back", "tags"]

    static func read(_ text: String, form: CardFile.Form) -> CardFile {
        var file = CardFile()
        let comma = form == .txt ? "\t" : separator(of: text)
        let (rows, open) = rows(of: text, separator: comma, quotes: form == .csv || text.contains("\""))
        if let open { file.faults.append(.init(line: open, reason: "a quotation mark is never closed")) }
        // By their names where the first row has them, else in the order that other programs write.
        var places = ["front": 0, "back": 1, "tags": 2]
        var first = 0
        if let head = rows.first?.fields.map({ known($0) }), head.contains("front"), head.contains("back") {
            places = Dictionary(head.enumerated().compactMap { index, name in name.map { ($0, index) } }) { first, _ in first }
            first = 1
        }
        for row in rows.dropFirst(first) where !row.fields.allSatisfy(\.isBlank) {
            // Anki heads its texts with lines such as `#separator:tab`.
            if form == .txt, row.fields[0].hasPrefix("#"), row.fields.count == 1, row.fields[0].contains(":") { continue }
            func field(_ name: String) -> String {
                guard let place = places[name], place < row.fields.count else { return "" }
                return form == .txt ? row.fields[place].replacing("<br>", with: "\n") : row.fields[place]
            }
            let (front, back, named) = (field("front"), field("back"), field("type"))
            let type = CardType(rawValue: named) ?? (ClozeText(front).numbers.isEmpty ? .basic : .cloze)
            if !named.isBlank, CardType(rawValue: named) == nil {
                file.faults.append(.init(line: row.line, reason: "there is no type “\(named.prefix(40))”"))
                continue
            }
            let tags = field("tags")
            file.add(
                front, back, type: type, tags: tags.split(separator: tags.contains(",") ? "," : " ").map(String.init),
                line: row.line)
        }
        return file
    }

    static func write(_ texts: [CardText], form: CardFile.Form) -> String {
        switch form {
        case .txt:
            texts.map { text in
                [text.front, text.back].map { $0.replacing("\t", with: "    ").replacing("\n", with: "<br>") }.joined(
                    separator: "\t")
            }.joined(separator: "\n") + "\n"
        default:
            ([columns] + texts.map { [$0.type.rawValue, $0.front, $0.back, $0.tags.joined(separator: ", ")] })
                .map { $0.map(quoted).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
        }
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",;\"\t\n\r\r\n".contains($0) }) || field.first?.isWhitespace == true else { return field }
        return "\"\(field.replacing("\"", with: "\"\""))\""
    }

    private static func known(_ name: String) -> String? {
        switch name.trimmedOfSpace.lowercased() {
        case "type": "type"
        case "front", "question": "front"
        case "back", "answer": "back"
        case "tags", "tag": "tags"
        default: nil
        }
    }

    /// The one of the three that the first line has most of, outside of quotation marks.
    private static func separator(of text: String) -> Character {
        var counts: [Character: Int] = [:]
        var quoted = false
        for character in text {
            if character == "\"" { quoted.toggle() }
            if !quoted, character.isNewline { break }
            if !quoted { counts[character, default: 0] += 1 }
        }
        return [",", ";", "\t"].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
    }

    private struct TableRow {
        var fields: [String]
        var line: Int
    }

    /// - Returns: the rows, and the line of a quotation mark that nothing closes: what is from there on is read as if it were none.
    private static func rows(of text: String, separator: Character, quotes: Bool) -> (rows: [TableRow], open: Int?) {
        var rows: [TableRow] = []
        var (fields, field) = ([String](), "")
        var (line, start) = (1, 1)
        var quotedAt: Int?
        let characters = Array(text)
        var index = 0
        func end() {
            fields.append(field)
            field = ""
        }
        while index < characters.count {
            let character = characters[index]
            if quotedAt != nil {
                if character == "\"", index + 1 < characters.count, characters[index + 1] == "\"" {
                    field.append("\"")
                    index += 1
                } else if character == "\"" {
                    quotedAt = nil
                } else {
                    if character.isNewline { line += 1 }
                    field.append(character)
                }
            } else if quotes, character == "\"", field.isEmpty {
                quotedAt = line
            } else if character == separator {
                end()
            } else if character.isNewline {
                end()
                rows.append(TableRow(fields: fields, line: start))
                fields = []
                line += 1
                start = line
            } else {
                field.append(character)
            }
            index += 1
        }
        if quotedAt == nil {
            if !field.isEmpty || !fields.isEmpty {
                end()
                rows.append(TableRow(fields: fields, line: start))
            }
        }
        return (rows, quotedAt)
    }
}
