import Settings

/// `http://` or `https://` and something after it.
func isWebAddress(_ text: String) -> Bool {
    ["http://", "https://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
}

extension Setting where Value == [String] {
    /// Texts separated by commas; each must pass `isGood`.
    static func list(
        _ name: String, of things: String, purpose: String, where isGood: @escaping @Sendable (String) -> Bool
    ) -> Self {
        Setting(name, default: [], form: "\(things), separated by commas", purpose: purpose) { text in
            let items = text.split(separator: ",").map { $0.filter { $0 != " " } }
            return items.allSatisfy(isGood) ? items : nil
        }
    }
}

extension Setting where Value == String? {
    static func webAddress(_ name: String, purpose: String) -> Self {
        Setting(name, default: nil, form: "an address that begins with http:// or https://", purpose: purpose) {
            isWebAddress($0) ? .some($0) : nil
        }
    }
}
