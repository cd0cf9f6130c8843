/// How a list counts where it says so: `label=(\alph*)` of enumitem, `(a)` of enumerate.
struct LaTeXItems {
    private let prefix: String
    private let style: ListMarker.Style
    private let suffix: String

    private static let signs: [(sign: String, style: ListMarker.Style)] = [
        ("\\alph*", .lowerLetter), ("\\Alph*", .upperLetter), ("\\roman*", .lowerRoman), ("\\Roman*", .upperRoman),
        ("\\arabic*", .decimal), ("a", .lowerLetter), ("A", .upperLetter), ("i", .lowerRoman), ("I", .upperRoman), ("1", .decimal),
    ]

    /// nil if the option says nothing of it.
    static func style(_ option: String) -> LaTeXItems? {
        var label = option
        if let at = option.firstRange(of: "label=") {
            label = String(option[at.upperBound...].prefix { $0 != "," })
        } else if option.contains("=") {
            return nil
        }
        if label.hasPrefix("{"), label.hasSuffix("}") { label = String(label.dropFirst().dropLast()) }
        for (sign, style) in signs {
            guard let at = label.firstRange(of: sign) else { continue }
            return LaTeXItems(prefix: String(label[..<at.lowerBound]), style: style, suffix: String(label[at.upperBound...]))
        }
        return nil
    }

    /// The number of an item as others refer to it.
    func text(_ number: Int) -> String {
        prefix + ListMarker.digits(number, style: style) + (suffix == "." ? "" : suffix)
    }

    /// The first item's.
    var sample: String { prefix + ListMarker.digits(1, style: style) + suffix }
}
