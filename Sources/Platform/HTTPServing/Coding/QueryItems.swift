import Failures

/// The names and values of a query string, decoded as a form's are (`+` is a space).
struct QueryItems: Sendable {
    private(set) var fields: [(name: String, value: String)] = []

    /// Throws `badRequest` if an escape is malformed.
    init(target: String) throws(HTTPFailure) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return }
        for pair in target[target.utf8.index(after: mark)...].split(separator: "&") {
            let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let rawValue = equals < pair.endIndex ? pair[pair.utf8.index(after: equals)...] : ""
            guard let name = PercentCoding.decode(pair[..<equals], plusIsSpace: true),
                let value = PercentCoding.decode(rawValue, plusIsSpace: true)
            else {
                throw HTTPFailure(
                    .badRequest, "The query string is malformed: a % is not followed by two hexadecimal digits of UTF-8.")
            }
            fields.append((name, value))
        }
    }

    subscript(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    func contains(_ name: String) -> Bool { fields.contains { $0.name == name } }
}
