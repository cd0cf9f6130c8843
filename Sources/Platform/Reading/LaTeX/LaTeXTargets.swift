/// What the labels of a LaTeX document stand for, and how a reference to them is read.
struct LaTeXTargets {
    struct Target {
        /// The counter: `equation`, `section`, or a theorem's name.
        var kind: String
        var number: String
        /// Of a section.
        var title: String?
    }

    private var targets: [String: Target] = [:]
    var names = LaTeXNames(options: [])

    private static let commands: Set<String> = [
        "ref", "eqref", "autoref", "cref", "Cref", "vref", "Vref", "nameref", "labelcref", "subref", "fullref", "Autoref",
        "pageref",
    ]

    subscript(key: String) -> Target? {
        get { targets[key] }
        set { targets[key] = newValue }
    }

    /// The words of a reference, whose command has just gone by; nil if it is none, or nobody knows its label. The input is then where
    /// it was.
    func words(_ command: String, reading input: inout LaTeXScanner) -> String? {
        guard Self.commands.contains(command) else { return nil }
        let start = input.position
        input.star()
        guard let group = input.group() else {
            input.position = start
            return nil
        }
        let keys = LaTeXScanner.text(input.bytes[group]).split(separator: ",").map { $0.trimmingSpaces() }
        let found = keys.compactMap { targets[$0] }
        guard let first = found.first, found.count == keys.count else {
            input.position = start
            return nil
        }
        switch command {
        case "ref", "subref": return first.number
        // A source has no pages.
        case "pageref": return "?"
        case "eqref": return "(\(first.number))"
        case "nameref": return first.title ?? first.number
        case "labelcref": return Self.list(found.map(Self.number))
        default:
            let name = names[first.kind] ?? ""
            let isLarge = command == "Cref" || command == "Autoref" || command == "Vref"
            // What is one of several kinds is told one by one.
            guard found.allSatisfy({ $0.kind == first.kind }) else {
                return Self.list(found.map { "\(Self.cased(names[$0.kind] ?? "", isLarge))~\(Self.number($0))" })
            }
            let word = Self.cased(name, isLarge || command == "autoref" && ["figure", "table", "equation"].contains(first.kind))
            let plural = found.count > 1 && names["figure"] == "Figure" && !word.isEmpty ? word + "s" : word
            return (plural.isEmpty ? "" : plural + "~") + Self.list(found.map(Self.number))
        }
    }

    private static func number(_ target: Target) -> String {
        target.kind == "equation" ? "(\(target.number))" : target.number
    }

    private static func cased(_ name: String, _ isLarge: Bool) -> String { isLarge ? name : name.lowercased() }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}
