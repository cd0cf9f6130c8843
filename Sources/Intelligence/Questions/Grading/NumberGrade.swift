/// Grades numbers: within 1 % or the last digit given, in any unit of the same kind.
enum NumberGrade {
    static func grade(_ text: String, _ key: NumberKey) -> Grade {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return Grade(.wrong, share: 0, reason: .empty) }
        guard let given = Quantity(text) else { return Grade(.ask, share: 0, reason: .unsure) }
        var value = given.value
        if let unit = given.unit, let wanted = key.unit {
            guard let converted = MeasureUnit.convert(value, from: unit, to: wanted) else {
                // Of another kind, where both are known; else nobody can say.
                let areKnown = MeasureUnit.known(unit) != nil && MeasureUnit.known(wanted) != nil
                return areKnown ? Grade(.wrong, share: 0, reason: .unit) : Grade(.ask, share: 0, reason: .unsure)
            }
            value = converted
        }
        let isWhole = key.value == key.value.rounded() && abs(key.value) < 100
        let tolerance = key.tolerance ?? (isWhole ? 0 : max(abs(key.value) * 0.01, precision(of: key)))
        return abs(value - key.value) <= tolerance + abs(key.value) * 1e-9
            ? Grade(.right, share: 1, reason: value == key.value ? .exact : .number) : Grade(.wrong, share: 0, reason: .numberOff)
    }

    private static func precision(of key: NumberKey) -> Double { Quantity(key.text)?.precision ?? 0 }
}
