/// What a memory of a student is about.
package enum MemoryKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// Who they are, what they study, when an exam is.
    case fact
    /// How they like to be answered, and to learn.
    case preference
    case goal
    case feeling
    /// What they find hard.
    case weakTopic = "weak_topic"

    /// Days after which a memory of this kind weighs half as much, if it was not of use meanwhile.
    var halfLife: Double {
        switch self {
        case .feeling: 14
        case .weakTopic: 60
        case .fact, .goal: 180
        case .preference: 365
        }
    }
}
