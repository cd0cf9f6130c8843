/// Commands of a writer's own that stand for references and for the ends of environments: `\be` for `\begin{equation}`, `\fig{a}` for
/// `Fig.~\ref{a}`. They are written out, so that what they number and name is seen.
struct LaTeXShorthands {
    private struct Shorthand {
        var arguments: Int
        var body: [UInt8]
    }

    private static let telling = [
        "\\begin{", "\\end{", "\\ref{", "\\eqref{", "\\autoref{", "\\cref{", "\\Cref{", "\\cite", "\\label{", "\\caption{",
        "\\section",
    ]
    /// More than so many uses, or bytes written for them, are an attack.
    private static let most = 20_000
    private static let mostWritten = 16 << 20

    private var shorthands: [String: Shorthand] = [:]
    /// Where they are defined: no uses.
    private var definitions: [Range<Int>] = []

    static func expanded(_ bytes: [UInt8]) -> [UInt8] {
        var shorthands = LaTeXShorthands()
        shorthands.find(in: bytes)
        return shorthands.shorthands.isEmpty ? bytes : shorthands.expand(bytes)
    }

    private mutating func find(in bytes: [UInt8]) {
        var input = LaTeXScanner(bytes)
        while let piece = input.next() {
            guard case .command(let command, let range) = piece,
                ["newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "def"].contains(command)
            else { continue }
            input.star()
            guard let name = Self.name(&input) else { continue }
            var count = 0
            if command == "def" {
                while input.position + 1 < bytes.count, bytes[input.position] == UInt8(ascii: "#") {
                    count += 1
                    input.position += 2
                }
            } else if let option = input.optional() {
                count = Int(LaTeXScanner.text(bytes[option])) ?? 0
                if input.optional() != nil { continue }
            }
            guard let body = input.group() else { continue }
            definitions.append(range.lowerBound..<input.position)
            let text = LaTeXScanner.text(bytes[body])
            // One that names itself never ends.
            guard count <= 3, Self.telling.contains(where: text.contains), !Self.names(name, in: bytes[body])
            else { continue }
            shorthands[name] = Shorthand(arguments: count, body: Array(bytes[body]))
        }
    }

    private static func names(_ name: String, in body: ArraySlice<UInt8>) -> Bool {
        var input = LaTeXScanner(Array(body))
        while let piece = input.next() {
            if case .command(name, _) = piece { return true }
        }
        return false
    }

    /// `{\be}` or `\be`.
    private static func name(_ input: inout LaTeXScanner) -> String? {
        let group = input.isAtGroup ? input.group() : nil
        var inner = group.map { LaTeXScanner(Array(input.bytes[$0])) } ?? input
        guard case .command(let name, let range)? = inner.next() else { return nil }
        if group == nil { input.position = range.upperBound }
        return name
    }

    private func expand(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var input = LaTeXScanner(bytes)
        var (uses, written) = (0, 0)
        var ahead = definitions[...]
        while let piece = input.next() {
            if let definition = ahead.first, definition.lowerBound <= piece.range.lowerBound {
                ahead = ahead.dropFirst()
                out += bytes[piece.range.lowerBound..<max(definition.upperBound, piece.range.upperBound)]
                input.position = max(input.position, definition.upperBound)
                continue
            }
            guard case .command(let name, let range) = piece, let shorthand = shorthands[name], uses < Self.most,
                written < Self.mostWritten
            else {
                out += bytes[piece.range]
                continue
            }
            var arguments: [ArraySlice<UInt8>] = []
            while arguments.count < shorthand.arguments, let group = input.group() { arguments.append(bytes[group]) }
            guard arguments.count == shorthand.arguments else {
                input.position = range.upperBound
                out += bytes[range]
                continue
            }
            let start = out.count
            Self.write(shorthand.body, arguments, to: &out)
            uses += 1
            written += out.count - start
        }
        return out
    }

    private static func write(_ body: [UInt8], _ arguments: [ArraySlice<UInt8>], to out: inout [UInt8]) {
        var index = 0
        while index < body.count {
            if body[index] == UInt8(ascii: "#"), index + 1 < body.count {
                let number = Int(body[index + 1]) - 49
                if arguments.indices.contains(number) {
                    out += arguments[number]
                    index += 2
                    continue
                }
            }
            out.append(body[index])
            index += 1
        }
    }
}
