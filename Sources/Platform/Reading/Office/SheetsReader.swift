import Manuscript

/// Excel workbooks: a sheet is a page, its cells a table as they are shown.
enum SheetsReader {
    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        let package = try OfficePackage(bytes)
        guard let main = try package.main(), let root = try package.xml(main) else { throw .damaged }
        let relationships = try package.relationships(of: main)
        let strings = SheetStrings(package.optionalXML(try package.related(to: main, type: "sharedStrings").first))
        let formats = SheetFormats(package.optionalXML(try package.related(to: main, type: "styles").first))
        let since1904 = ["1", "true"].contains(root.first("x:workbookPr")?["date1904"])
        let builder = ManuscriptBuilder()
        let sheets = root.first("x:sheets")?.all("x:sheet") ?? []
        for (index, sheet) in sheets.enumerated() {
            builder.page = index + 1
            if let state = sheet["state"], state != "visible" {
                builder.leaveOut(.hidden)
                continue
            }
            guard let relationship = sheet["r:id"].flatMap({ relationships[$0] }),
                let content = package.optionalXML(relationship.target)
            else {
                builder.leaveOut(.unknown)
                continue
            }
            if sheets.count > 1 || !(sheet["name"] ?? "").lowercased().hasPrefix("sheet"), let name = sheet["name"] {
                builder.add(.heading, name.singleLine) { $0.level = 1 }
            }
            let walker = SheetWalker(strings: strings, formats: formats, since1904: since1904)
            SheetGrid.add(walker.rows(of: content), to: builder)
            charts(of: relationship.target, package, to: builder)
        }
        builder.page = nil
        var manuscript = builder.manuscript()
        manuscript.pageCount = sheets.count
        package.properties(into: &manuscript)
        return manuscript
    }

    private static func charts(of part: String, _ package: OfficePackage, to builder: ManuscriptBuilder) {
        for drawing in (try? package.related(to: part, type: "drawing")) ?? [] {
            for chart in (try? package.related(to: drawing, type: "chart")) ?? [] {
                // Its numbers stand in the cells; what it is called stands nowhere else.
                if let title = package.optionalXML(chart)?.deep("c:title") {
                    builder.add(.caption, title.deepAll("a:t").map(\.text).joined().singleLine)
                }
            }
            for _ in (try? package.related(to: drawing, type: "image")) ?? [] { builder.leaveOut(.picture) }
        }
        for comments in (try? package.related(to: part, type: "comments")) ?? [] {
            for comment in package.optionalXML(comments)?.deepAll("x:comment") ?? [] {
                let place = comment["ref"].map { $0 + ": " } ?? ""
                builder.add(.note, place + comment.deepAll("x:t").map(\.text).joined().singleLine)
            }
        }
    }
}

/// The texts that cells share.
struct SheetStrings {
    private var texts: [String] = []

    init(_ root: Node?) {
        texts = (root?.all("x:si") ?? []).map(Self.text)
    }

    subscript(_ index: Int) -> String? { texts.indices.contains(index) ? texts[index] : nil }

    /// Runs that are raised or lowered say so; readings beside them are passed over.
    static func text(_ node: Node) -> String {
        if let plain = node.first("x:t") { return plain.text }
        var out = ""
        for run in node.all("x:r") {
            let text = run.first("x:t")?.text ?? ""
            switch run.path("x:rPr", "x:vertAlign")?["val"] {
            case "superscript": out += RaisedText.up(text, after: out.last)
            case "subscript": out += RaisedText.down(text)
            default: out += text
            }
        }
        return out
    }
}

/// Which cells show days, times, shares, and how many places after the point.
struct SheetFormats {
    enum Format {
        case general, text
        case number(places: Int)
        case percent(places: Int)
        case date(showsDate: Bool, showsTime: Bool)
    }

    private var byStyle: [Format] = []

    init(_ root: Node?) {
        var codes: [Int: String] = [:]
        for node in root?.first("x:numFmts")?.all("x:numFmt") ?? [] {
            if let id = Int(node["numFmtId"] ?? "") { codes[id] = node["formatCode"] }
        }
        byStyle = (root?.first("x:cellXfs")?.all("x:xf") ?? []).map { Self.format(Int($0["numFmtId"] ?? "") ?? 0, codes) }
    }

    subscript(_ style: Int) -> Format { byStyle.indices.contains(style) ? byStyle[style] : .general }

    private static func format(_ id: Int, _ codes: [Int: String]) -> Format {
        switch id {
        case 9: return .percent(places: 0)
        case 10: return .percent(places: 2)
        case 2, 4, 39, 40, 44: return .number(places: 2)
        case 1, 3, 37, 38: return .number(places: 0)
        case 14...17, 27...31, 34...36, 50...58: return .date(showsDate: true, showsTime: false)
        case 18...21, 32, 33, 45...47: return .date(showsDate: false, showsTime: true)
        case 22: return .date(showsDate: true, showsTime: true)
        case 49: return .text
        default: return codes[id].map(format) ?? .general
        }
    }

    /// The part for positive numbers, without what is quoted or in brackets.
    static func format(_ code: String) -> Format {
        var plain = ""
        var (isQuoted, isBracketed, isEscaped) = (false, false, false)
        for character in code.lowercased() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if isBracketed {
                isBracketed = character != "]"
            } else {
                switch character {
                case "\\", "_", "*": isEscaped = true
                case "\"": isQuoted = true
                case "[": isBracketed = true
                case ";": return form(plain)
                default: plain.append(character)
                }
            }
        }
        return form(plain)
    }

    private static func form(_ plain: String) -> Format {
        if plain == "general" || plain.isEmpty { return .general }
        if plain == "@" { return .text }
        let places =
            plain.firstIndex(of: ".").map { plain[plain.index(after: $0)...].prefix { $0 == "0" || $0 == "#" || $0 == "?" }.count }
            ?? 0
        if plain.contains("%") { return .percent(places: places) }
        let hasDate = plain.contains("y") || plain.contains("d")
        let hasTime = plain.contains("h") || plain.contains("s")
        if hasDate || hasTime || plain.contains("mmm") { return .date(showsDate: hasDate || !hasTime, showsTime: hasTime) }
        // Exponents and fractions: as the number is.
        if plain.contains("e") || plain.contains("/") { return .general }
        return plain.contains("0") || plain.contains("#") ? .number(places: places) : .general
    }
}
