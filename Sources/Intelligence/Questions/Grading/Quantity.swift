/// A number with its unit, as a student types it: `1,500 km`, `1.5e3`, `three`, `20 %`.
struct Quantity: Hashable {
    var value: Double
    /// nil where there is none.
    var unit: String?
    /// Half of the last digit given, in the value's own unit.
    var precision: Double

    init?(_ text: String) {
        var rest = text.trimmingCharacters(where: \.isWhitespace)[...]
        for word in ["about", "approximately", "around", "roughly", "ca.", "circa", "~", "≈", "exactly"]
        where rest.lowercased().hasPrefix(word) {
            rest = rest.dropFirst(word.count)
        }
        rest = rest.drop(while: \.isWhitespace)
        var sign = 1.0
        if let first = rest.first, "-−–+".contains(first) {
            if first != "+" { sign = -1 }
            rest = rest.dropFirst()
        }
        // `$20` has its unit in front.
        var front: String?
        if let first = rest.first, "$€£".contains(first) {
            front = String(first)
            rest = rest.dropFirst()
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." || $0 == "," || $0 == "’" || $0 == "'" }
        if let number = Self.number(digits) {
            rest = rest.dropFirst(digits.count)
            var (value, precision) = number
            if let exponent = Self.exponent(&rest) {
                value *= exponent
                precision *= exponent
            }
            self.value = sign * value
            self.precision = precision
        } else {
            let words = rest.lowercased().split { $0 == " " || $0 == "-" }
            var count = 0
            var total = 0.0
            for word in words {
                guard let each = Self.named[String(word)] else { break }
                total = each >= 100 && total > 0 ? total * each : total + each
                count += 1
            }
            guard count > 0 else { return nil }
            value = sign * total
            precision = 0
            rest = words.dropFirst(count).joined(separator: " ")[...]
        }
        for (word, factor) in [("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)] {
            let trimmed = rest.drop(while: \.isWhitespace)
            guard trimmed.lowercased().hasPrefix(word) else { continue }
            value *= factor
            precision *= factor
            rest = trimmed.dropFirst(word.count)
        }
        let name = rest.trimmingCharacters { $0.isWhitespace || $0 == "." }
        // A sentence is no unit.
        guard name.split(separator: " ").count <= 3 else { return nil }
        unit = name.isEmpty ? front : name
    }

    /// `1,500` is fifteen hundred, `1,5` one and a half, `1.500,25` is read as a German writes it.
    private static func number(_ digits: Substring) -> (Double, Double)? {
        guard digits.contains(where: \.isNumber) else { return nil }
        var text = digits.replacing("'", with: "").replacing("’", with: "")
        while text.last == "." || text.last == "," { text.removeLast() }
        let lastComma = text.lastIndex(of: ","), lastPoint = text.lastIndex(of: ".")
        if let lastComma, let lastPoint {
            text = lastComma > lastPoint ? text.replacing(".", with: "").replacing(",", with: ".") : text.replacing(",", with: "")
        } else if lastComma != nil {
            let groups = text.split(separator: ",", omittingEmptySubsequences: false)
            let areThousands =
                groups.count > 1 && groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
                && groups[0] != "0"
            text = areThousands ? text.replacing(",", with: "") : text.replacing(",", with: ".")
        }
        guard let value = Double(text), value.isFinite else { return nil }
        let decimals = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        return (value, decimals == 0 ? 0.5 : 0.5 * power(10, -decimals))
    }

    private static func exponent(_ rest: inout Substring) -> Double? {
        var after = rest.drop(while: \.isWhitespace)
        var hasBase = false
        for mark in ["e", "E"]
        where after.hasPrefix(mark) && after.dropFirst().first.map({ $0.isNumber || $0 == "-" || $0 == "+" }) == true {
            after = after.dropFirst()
            hasBase = true
            break
        }
        if !hasBase {
            for mark in ["×10^", "x10^", "*10^", "× 10^", "x 10^", "· 10^", "·10^"] where after.hasPrefix(mark) {
                after = after.dropFirst(mark.count)
                hasBase = true
                break
            }
        }
        guard hasBase else { return nil }
        let digits = after.prefix { $0.isNumber || $0 == "-" || $0 == "+" }
        guard let number = Int(digits), abs(number) < 300 else { return nil }
        rest = after.dropFirst(digits.count)
        return power(10, number)
    }

    static func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<abs(exponent) { result *= base }
        return exponent < 0 ? 1 / result : result
    }

    private static let named: [String: Double] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
        "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90,
        "hundred": 100, "half": 0.5, "dozen": 12,
    ]
}
