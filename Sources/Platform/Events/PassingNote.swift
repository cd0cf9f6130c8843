package import Ambient
package import FoundationEssentials

/// What listeners are told in passing, without its being stored: how far something is.
///
/// It crosses processes as a signal, which anyone can hear who may connect to the database. So it holds ids, counts and words of the
/// program, and there is no way to put a text in that a person wrote.
package struct PassingNote: Sendable {
    package enum Value: Sendable {
        case id(UUID)
        case count(Int)
        case word(Word)
        case note([String: Value])

        package static func id<Kind>(_ id: Identifier<Kind>) -> Value { .id(id.uuid) }
        package static func word(_ text: String) -> Value { .word(Word(text)) }
    }

    /// A word of the program's own, such as a state's or a stage's name: up to 64 of `a-z`, `A-Z`, `0-9`, `.`, `_`, `-`.
    package struct Word: Sendable {
        package let text: String

        /// A text of another form becomes `other`.
        package init(_ text: String) {
            let isWord =
                (1...64).contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                    default: false
                    }
                }
            self.text = isWord ? text : "other"
        }
    }

    /// `document.progress`.
    package let type: String
    package let userID: UserID?
    package let fields: [String: Value]

    package init(_ type: String, user: UserID?, _ fields: [String: Value]) {
        self.type = type
        self.userID = user
        self.fields = fields
    }

    var draft: EventDraft { EventDraft(type: type, userID: userID, payload: fields) }
}

extension PassingNote.Value: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .id(let id): try container.encode(id.uuidString.lowercased())
        case .count(let count): try container.encode(count)
        case .word(let word): try container.encode(word.text)
        case .note(let fields): try container.encode(fields)
        }
    }
}
