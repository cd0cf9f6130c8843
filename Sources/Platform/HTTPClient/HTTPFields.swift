/// Header fields in order; names compare without regard to case.
package struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var all: [(name: String, value: String)] = []

    package init() {}
    package init(dictionaryLiteral elements: (String, String)...) { all = elements.map { (name: $0.0, value: $0.1) } }

    package mutating func append(_ name: String, _ value: String) { all.append((name, value)) }

    /// The first field of that name. Setting it replaces all of that name; nil removes them.
    package subscript(_ name: String) -> String? {
        get { all.first { HTTPFields.same($0.name, name) }?.value }
        set {
            all.removeAll { HTTPFields.same($0.name, name) }
            if let newValue { all.append((name, newValue)) }
        }
    }

    private static func same(_ a: String, _ b: String) -> Bool {
        a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }
}
