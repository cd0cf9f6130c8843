package import Ambient
package import FoundationEssentials
import TypedText

package enum CardTextKind {}
package typealias CardTextID = Identifier<CardTextKind>

/// How a card asks.
package enum CardType: String, Sendable, Codable, CaseIterable {
    /// The front asks, the back answers.
    case basic
    /// The same, and a second card that asks the other way.
    case reversed
    /// A text with gaps, `{{c1::mitochondria::hint}}`: a card for each number.
    case cloze
    /// A picture with parts covered: a card for each number, see ``OcclusionText``.
    case imageOcclusion = "image_occlusion"

    /// What a text of this type is written in, where another was wished.
    func markup(_ wish: CardMarkup) -> CardMarkup { self == .imageOcclusion ? .html : wish }
}

/// How a text is written.
package enum CardMarkup: String, Sendable, Codable, CaseIterable {
    case markdown
    /// As other programs write cards. It is cleaned where it is shown.
    case html
}

/// What a student wrote: it asks one question or several, each of which is a card.
package struct CardText: Sendable, Hashable {
    /// Unicode scalars of either side.
    package static let longest = 20_000
    package static let mostTags = 30
    package static let longestTag = 100
    /// Gaps of one text.
    package static let mostGaps = 50

    package let id: CardTextID
    package let userID: UserID
    package var deckID: DeckID
    package var type: CardType
    package var markup: CardMarkup
    package var front: String
    package var back: String
    package var tags: [String]
    /// Where it was taken from.
    package var source: CardSource?
    package var createdAt: Date
    package var updatedAt: Date

    private static let keyMark = "key:"

    /// What tells a text from others that its maker gave a name of its own.
    static func guid(ofKey key: String) -> String { keyMark + key }

    /// That name; nil where it was given none.
    static func key(ofGUID guid: String) -> String? {
        guid.hasPrefix(keyMark) ? String(guid.dropFirst(keyMark.count)) : nil
    }

    /// The questions that it asks, by number: 0 and 1 are its two directions, the numbers of its gaps count from 1.
    package var parts: [Int] {
        switch type {
        case .basic: [0]
        case .reversed: [0, 1]
        case .cloze: ClozeText(front).numbers
        case .imageOcclusion: OcclusionText(front).numbers
        }
    }

    /// One of its questions, as it is asked and answered.
    package func face(of part: Int) -> CardFace {
        switch type {
        case .basic: return CardFace(question: front, answer: back)
        case .reversed: return part == 0 ? CardFace(question: front, answer: back) : CardFace(question: back, answer: front)
        case .cloze:
            let text = ClozeText(front)
            let whole = text.answer(part, in: markup)
            return CardFace(question: text.question(part, in: markup), answer: back.isBlank ? whole : "\(whole)\n\n\(back)")
        case .imageOcclusion:
            let text = OcclusionText(front)
            return CardFace(
                question: text.side(part, isAnswered: false),
                answer: text.side(part, isAnswered: true) + (back.isBlank ? "" : "<p>\(back)</p>"))
        }
    }

    /// What is wrong with it, by field; empty where it can be learned.
    var faults: [String: String] { Self.faults(type: type, front: front, back: back) }

    static func faults(type: CardType, front: String, back: String) -> [String: String] {
        var faults: [String: String] = [:]
        if front.isBlank { faults["front"] = "must not be blank" }
        switch type {
        case .basic, .reversed: if back.isBlank { faults["back"] = "must not be blank" }
        case .cloze:
            let gaps = ClozeText(front).numbers.count
            if !front.isBlank, gaps == 0 { faults["front"] = "must have a gap, such as {{c1::word}}" }
            if gaps > mostGaps { faults["front"] = "must have at most \(mostGaps) gaps" }
        case .imageOcclusion:
            let text = OcclusionText(front)
            if text.picture == nil { faults["front"] = "must have a picture" }
            if !(1...mostGaps).contains(text.numbers.count) { faults["front"] = "must cover 1 to \(mostGaps) parts of the picture" }
        }
        return faults
    }
}

/// A question and its answer, as they are shown.
package struct CardFace: Sendable, Hashable {
    package var question: String
    package var answer: String
}
