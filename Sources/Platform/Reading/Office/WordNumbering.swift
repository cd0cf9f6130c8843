/// Word's numbers, which stand nowhere in the text: `2.1`, `A)`, `iv.`; counted as the paragraphs go by.
final class WordNumbering {
    private struct Level {
        var start = 1
        var style = ListMarker.Style.decimal
        /// `%1.%2`: what stands for the levels' numbers.
        var pattern = ""
        var paragraphStyle: String?
        /// After a number of which level it begins anew; nil for any above it.
        var restart: Int?
        /// Whether numbers of levels above are written in digits whatever their style.
        var isLegal = false
    }

    private var abstract: [String: [Int: Level]] = [:]
    private var abstractOf: [String: String] = [:]
    private var overrides: [String: [Int: Level]] = [:]
    private var startOverrides: [String: [Int: Int]] = [:]
    /// By abstract list, since lists that share one count on: the last number of each level.
    private var counts: [String: [Int: Int]] = [:]
    private var begun: Set<String> = []

    init(_ root: Node?) {
        guard let root else { return }
        var links: [String: String] = [:]
        var styles: [String: String] = [:]
        for node in root.all("w:abstractNum") {
            guard let id = node["abstractNumId"] else { continue }
            abstract[id] = Self.levels(of: node)
            if let link = node.first("w:numStyleLink")?["val"] { links[id] = link }
            if let style = node.first("w:styleLink")?["val"] { styles[style] = id }
        }
        for (id, style) in links { if let target = styles[style] { abstract[id] = abstract[target] } }
        for node in root.all("w:num") {
            guard let id = node["numId"] else { continue }
            abstractOf[id] = node.first("w:abstractNumId")?["val"]
            for change in node.all("w:lvlOverride") {
                guard let level = change["ilvl"].flatMap({ Int($0) }) else { continue }
                if let start = change.first("w:startOverride")?["val"].flatMap({ Int($0) }) {
                    startOverrides[id, default: [:]][level] = start
                }
                if let own = change.first("w:lvl") { overrides[id, default: [:]][level] = Self.level(of: own) }
            }
        }
    }

    /// The level that a style's paragraphs have in a list.
    func level(ofStyle style: String?, in numID: String) -> Int? {
        guard let style, let id = abstractOf[numID] else { return nil }
        return abstract[id]?.first { $0.value.paragraphStyle == style }?.key
    }

    /// Counts one paragraph; its marker, nil where there is none.
    func next(_ numID: String, level: Int) -> String? {
        guard numID != "0", let id = abstractOf[numID], let list = abstract[id], (0...8).contains(level) else { return nil }
        func settings(_ level: Int) -> Level { overrides[numID]?[level] ?? list[level] ?? Level() }
        var numbers = counts[id] ?? [:]
        // A list of its own begins where it says, whatever its kin counted.
        if begun.insert(numID).inserted, let starts = startOverrides[numID] {
            for (level, start) in starts { numbers[level] = start - 1 }
        }
        let own = settings(level)
        numbers[level] = (numbers[level] ?? own.start - 1) + 1
        for deeper in (level + 1)..<9 {
            let restart = settings(deeper).restart
            if restart == 0 || restart.map({ level + 1 > $0 }) ?? false { continue }
            numbers[deeper] = nil
        }
        counts[id] = numbers
        if own.style == .bullet { return "•" }
        var out = ""
        var rest = own.pattern[...]
        while let percent = rest.firstIndex(of: "%") {
            out += rest[..<percent]
            rest = rest[rest.index(after: percent)...]
            guard let digit = rest.first?.wholeNumberValue, (1...9).contains(digit) else { continue }
            rest = rest.dropFirst()
            let above = settings(digit - 1)
            let number = numbers[digit - 1] ?? above.start
            out += ListMarker.digits(number, style: own.isLegal && digit - 1 != level ? .decimal : above.style)
        }
        out += rest
        let marker = out.trimmingSpaces()
        return marker.isEmpty || own.style == .none && !own.pattern.contains("%") && marker.isEmpty ? nil : marker
    }

    private static func levels(of node: Node) -> [Int: Level] {
        var levels: [Int: Level] = [:]
        for child in node.all("w:lvl") {
            if let number = child["ilvl"].flatMap({ Int($0) }) { levels[number] = level(of: child) }
        }
        return levels
    }

    private static func level(of node: Node) -> Level {
        var level = Level()
        level.start = node.first("w:start")?["val"].flatMap { Int($0) } ?? 1
        level.pattern = node.first("w:lvlText")?["val"] ?? ""
        level.paragraphStyle = node.first("w:pStyle")?["val"]
        level.restart = node.first("w:lvlRestart")?["val"].flatMap { Int($0) }
        level.isLegal = node.first("w:isLgl").map(WordStyles.isOn) ?? false
        // Newer styles stand beside an older one that all programs know.
        let format = node.first("w:numFmt") ?? node.deep("w:numFmt")
        switch format?["val"] {
        case "bullet": level.style = .bullet
        case "none": level.style = .none
        case "upperLetter": level.style = .upperLetter
        case "lowerLetter": level.style = .lowerLetter
        case "upperRoman": level.style = .upperRoman
        case "lowerRoman": level.style = .lowerRoman
        case "decimalZero": level.style = .leadingZero
        default: level.style = .decimal
        }
        return level
    }
}
