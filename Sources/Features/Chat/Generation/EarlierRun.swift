/// What an earlier run of an answer wrote and this one is still to say again. Text is met however it is cut.
struct EarlierRun: Sendable {
    private var pieces: ArraySlice<AnswerPiece>

    /// - Parameter events: all that the log has.
    init(_ events: [AnswerEvent]) throws {
        let start = events.lastIndex { $0.event == .restarted }.map { $0 + 1 } ?? 0
        // Whether it has to wait for its turn does not come out the same.
        pieces = try [AnswerPiece](events[start...].filter { $0.event != .waiting })[...]
    }

    /// Nothing is left to be met.
    var isMet: Bool { pieces.isEmpty }

    enum Meeting: Sendable, Hashable {
        /// It says the same.
        case same
        /// It says the same and goes on with this text.
        case goesOn(String)
        case differs
    }

    mutating func meet(_ piece: AnswerPiece) -> Meeting {
        guard let next = pieces.first else { return .differs }
        guard case .text(let said) = piece, case .text(let expected) = next else {
            guard piece == next else { return .differs }
            pieces.removeFirst()
            return .same
        }
        // Bytes, not characters: what comes next may join the last one.
        let (own, earlier) = (Array(said.utf8), Array(expected.utf8))
        if own.count < earlier.count, earlier.starts(with: own) {
            pieces[pieces.startIndex] = .text(String(decoding: earlier[own.count...], as: UTF8.self))
            return .same
        }
        // Only the last piece may have been cut off.
        guard own.starts(with: earlier), own.count == earlier.count || pieces.count == 1 else { return .differs }
        pieces.removeFirst()
        return own.count == earlier.count ? .same : .goesOn(String(decoding: own[earlier.count...], as: UTF8.self))
    }

    mutating func giveUp() { pieces = [] }
}
