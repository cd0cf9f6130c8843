/// How a student wants to be answered, as far as it can be told from their words.
package struct AnswerStyle: Sendable, Hashable {
    package enum Length: String, Codable, Sendable, Hashable { case short, long }

    package var length: Length?
    package var isSimple = false

    package init(length: Length? = nil, isSimple: Bool = false) {
        self.length = length
        self.isSimple = isSimple
    }
}
