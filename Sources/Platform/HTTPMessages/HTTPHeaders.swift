/// Header fields in the order they came; names compare without regard to case.
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [(name: String, value: String)]

    package init() { fields = [] }
    package init(_ fields: [(name: String, value: String)]) { self.fields = fields }
    package init(dictionaryLiteral elements: (String, String)...) { fields = elements.map { (name: $0.0, value: $0.1) } }

    package mutating func append(_ name: String, _ value: String) { fields.append((name, value)) }

    package mutating func append(contentsOf more: [(name: String, value: String)]) { fields += more }

    /// Makes room for `count` more fields.
    package mutating func reserve(_ count: Int) { fields.reserveCapacity(fields.count + count) }

    /// The first field of that name. Setting it replaces all of that name; nil removes them.
    package subscript(_ name: String) -> String? {
        get { fields.first { HTTPHeaders.same($0.name, name) }?.value }
        set {
            fields.removeAll { HTTPHeaders.same($0.name, name) }
            if let newValue { fields.append((name, newValue)) }
        }
    }

    package func all(_ name: String) -> [String] { fields.filter { HTTPHeaders.same($0.name, name) }.map(\.value) }

    /// ASCII case-insensitive comparison.
    package static func same(_ a: String, _ b: String) -> Bool {
        let count = a.utf8.count
        guard count == b.utf8.count else { return false }
        let result = a.utf8.withContiguousStorageIfAvailable { a in
            b.utf8.withContiguousStorageIfAvailable { b in
                for index in 0..<count where a[index] != b[index] && lower(a[index]) != lower(b[index]) { return false }
                return true
            }
        }
        return (result ?? nil) ?? zip(a.utf8, b.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }
}
