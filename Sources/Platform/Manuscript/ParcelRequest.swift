/// What is wanted of a zip that is larger than memory, and how the answer is told from the next one in it.
package enum ParcelRequest: Sendable, Hashable {
    /// Bytes of an answer at most, but for its last member's.
    package static let most = 24 << 20
    /// Bytes of one member that is given whole.
    package static let mostOfOne = 64 << 20
    /// Members of a zip.
    package static let mostMembers = 70_000

    /// Every member: `LENGTH-OF-NAME SIZE`, a line's end, the name; and so on, in the order of the directory.
    case directory
    /// Members by their places in it: `PLACE LENGTH`, a line's end, the content; and so on. What cannot be read has -1 bytes, and what is
    /// more than one answer holds is left out.
    case members([Int])
    /// The bytes of a member that was not packed, from an offset.
    case part(of: Int, from: Int)

    package init?(_ text: String) {
        let words = text.split(separator: " ")
        let numbers = words.dropFirst().compactMap { Int($0) }
        guard numbers.count == words.count - 1, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
        switch (words.first, numbers.count) {
        case ("directory", 0): self = .directory
        case ("members", _): self = .members(numbers)
        case ("part", 2): self = .part(of: numbers[0], from: numbers[1])
        default: return nil
        }
    }

    package var text: String {
        switch self {
        case .directory: "directory"
        case .members(let places): "members " + places.map(String.init).joined(separator: " ")
        case .part(let place, let offset): "part \(place) \(offset)"
        }
    }
}
