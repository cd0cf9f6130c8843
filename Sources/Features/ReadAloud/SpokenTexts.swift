package import Ambient
package import Database
package import FoundationEssentials

/// The texts of other features that can be read aloud: a port that the program wires, since features do not know each other.
package struct SpokenTexts: Sendable {
    package struct Found: Sendable {
        package let title: String
        package let text: String
        /// As ISO 639-1, where it is known.
        package let language: String?

        package init(title: String, text: String, language: String?) {
            (self.title, self.text, self.language) = (title, text, language)
        }
    }

    /// Some pages of a document, numbered from 1, all if nil; nil if it is not the person's.
    package typealias Document = @Sendable (UUID, ClosedRange<Int>?, UserID, any Transaction) async throws -> Found?
    /// A message; nil if it is not the person's.
    package typealias Message = @Sendable (UUID, UserID, any Transaction) async throws -> Found?

    let document: Document
    let message: Message

    package init(document: @escaping Document, message: @escaping Message) { (self.document, self.message) = (document, message) }
}
