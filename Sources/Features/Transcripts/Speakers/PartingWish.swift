/// That those who speak are to be told apart.
package struct PartingWish: Sendable, Equatable {
    /// As many as are asked for at most.
    package static let most = 12

    /// How many people speak; nil to find it out.
    package var count: Int?

    package init(count: Int?) { self.count = count }

    /// `auto`, or a number; nil for anything else, and for one, of whom nobody has to be told apart.
    init?(_ text: String) {
        if text == "auto" {
            count = nil
        } else if let number = Int(text), (2...Self.most).contains(number) {
            count = number
        } else {
            return nil
        }
    }
}
