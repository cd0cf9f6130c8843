import Database
/// What the events of an answer amount to so far.
struct PartialAnswer: Sendable {
    private(set) var content = ""
    private var cited: [Citation] = []

    init() {}

    init(of events: some Sequence<AnswerEvent>) throws {
        for event in events {
            switch event.event {
            case .restarted: self = PartialAnswer()
            case .delta: add(try JSONColumn.value(event.data, as: DeltaPayload.self).text)
            case .citation: add(try JSONColumn.value(event.data, as: Citation.self))
            case .started, .waiting, .retrieval, .completed, .error: break
            }
        }
    }

    /// Those whose marker the text has: an answer may be stopped between the two.
    var citations: [Citation] { cited.filter { content.contains("[\($0.number)]") }.sorted { $0.number < $1.number } }

    mutating func add(_ text: String) { content += text }

    /// It comes again under its number when its quote has grown.
    mutating func add(_ citation: Citation) {
        cited.removeAll { $0.number == citation.number }
        cited.append(citation)
    }
}
