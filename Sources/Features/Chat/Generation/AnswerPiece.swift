import Database

/// What an answer is made of before it is numbered: text in a row is one piece, whatever pieces the model said it in.
enum AnswerPiece: Sendable, Hashable {
    case text(String)
    /// Any other event, with its JSON.
    case event(AnswerEvent.Name, String)

    func event(number: Int) throws -> AnswerEvent {
        switch self {
        case .text(let text): AnswerEvent(number: number, event: .delta, data: try JSONColumn.text(DeltaPayload(text: text)))
        case .event(let name, let data): AnswerEvent(number: number, event: name, data: data)
        }
    }
}

extension [AnswerPiece] {
    mutating func add(_ piece: AnswerPiece) {
        if case .text(let more) = piece, case .text(let text)? = last {
            self[count - 1] = .text(text + more)
        } else {
            append(piece)
        }
    }

    init(_ events: some Sequence<AnswerEvent>) throws {
        self = []
        for event in events {
            add(
                event.event == .delta
                    ? .text(try JSONColumn.value(event.data, as: DeltaPayload.self).text) : .event(event.event, event.data))
        }
    }
}
