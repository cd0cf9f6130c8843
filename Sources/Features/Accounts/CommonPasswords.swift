import FoundationEssentials

/// Passwords that many people have chosen, in small letters; the first that anybody tries. The list is fetched at set-up.
package struct CommonPasswords: Sendable {
    private let all: Set<String>

    /// None.
    package init() { all = [] }

    package init(_ passwords: some Sequence<String>) { all = Set(passwords) }

    /// Reads the list `passwords` of a file of zxcvbn's `FREQUENCY_LISTS`; nil where there is none.
    package init?(path: String) {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard let key = text.firstRange(of: "\"passwords\": \"") else { return nil }
        self.init(text[key.upperBound...].prefix { $0 != "\"" }.split(separator: ",").map(String.init))
        guard count > 1000 else { return nil }
    }

    package var count: Int { all.count }

    func contains(_ password: String) -> Bool { all.contains(password) }
}

extension CommonPasswords: ExpressibleByArrayLiteral {
    package init(arrayLiteral passwords: String...) { self.init(passwords) }
}
