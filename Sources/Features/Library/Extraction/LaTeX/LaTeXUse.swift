/// One place where a command is used.
struct LaTeXUse {
    var hasOption: Bool
    var arguments: [Substring]

    /// What is looked at of a source at most.
    private static let most = 20_000
    private static let mostArguments = 4

    static func all(of names: Set<String>, in source: [UInt8]) -> [(String, LaTeXUse)] {
        var uses: [(String, LaTeXUse)] = []
        var index = 0
        while index < source.count, uses.count < most {
            guard source[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            let start = index + 1
            index = start
            while index < source.count, isLetter(source[index]) { index += 1 }
            // A stroke before a sign takes the sign with it.
            if index == start { index += 1 }
            guard index > start, index <= source.count else { continue }
            let name = String(decoding: source[start..<min(index, source.count)], as: UTF8.self)
            if names.contains(name) { uses.append((name, use(in: source, at: index))) }
        }
        return uses
    }

    private static func use(in source: [UInt8], at index: Int) -> LaTeXUse {
        var use = LaTeXUse(hasOption: false, arguments: [])
        var next = index
        if next < source.count, source[next] == UInt8(ascii: "*") { next += 1 }
        if let end = Self.end(in: source, from: next, UInt8(ascii: "["), UInt8(ascii: "]")) {
            (use.hasOption, next) = (true, end)
        }
        // What stands within an argument may be a use of another: the index does not go past them.
        while use.arguments.count < mostArguments, let end = Self.end(in: source, from: next, UInt8(ascii: "{"), UInt8(ascii: "}"))
        {
            use.arguments.append(Substring(decoding: source[(next + 1)..<(end - 1)], as: UTF8.self))
            next = end
        }
        return use
    }

    /// Where what begins here with `open` has ended.
    private static func end(in source: [UInt8], from start: Int, _ open: UInt8, _ close: UInt8) -> Int? {
        guard start < source.count, source[start] == open else { return nil }
        var (index, depth) = (start + 1, 0)
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "\\"): index += 1
            case close where depth == 0: return index + 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            default: break
            }
            guard depth >= 0 else { return nil }
            index += 1
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
}
