/// Letters and figures that Unicode has raised: `²³` of `23`.
package enum RaisedLetters {
    private static let raised: [Character: Character] = [
        "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "+": "⁺", "-": "⁻",
        "−": "⁻", "–": "⁻", "=": "⁼", "(": "⁽", ")": "⁾", "n": "ⁿ", "i": "ⁱ",
    ]

    /// nil where one of them is not there raised.
    package static func of(_ text: String) -> String? {
        let letters = text.compactMap { raised[$0] }
        return letters.count == text.count ? String(letters) : nil
    }
}
