/// What a check of one part found.
package struct Finding: Sendable {
    package enum Verdict: Sendable { case good, advice, broken }

    package let part: String
    package let verdict: Verdict
    /// What was seen.
    package let text: String
    /// How to mend it; nil where nothing is to be mended.
    package let remedy: String?

    static func good(_ part: String, _ text: String) -> Finding { Finding(part: part, verdict: .good, text: text, remedy: nil) }

    static func advice(_ part: String, _ text: String, _ remedy: String) -> Finding {
        Finding(part: part, verdict: .advice, text: text, remedy: remedy)
    }

    static func broken(_ part: String, _ text: String, _ remedy: String) -> Finding {
        Finding(part: part, verdict: .broken, text: text, remedy: remedy)
    }
}
