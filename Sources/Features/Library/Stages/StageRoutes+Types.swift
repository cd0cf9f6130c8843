import Ambient
package import FoundationEssentials
package import HTTPServing

extension DocumentView {
    /// One stage of a document's way from a file to answers, as the API shows it.
    package struct StageView: Codable, Sendable, Hashable {
        package enum Name: String, Codable, Sendable, CaseIterable {
            case receive, extract, ocr, chunk, embed, index

            fileprivate var stage: Document.Stage? {
                switch self {
                case .receive: nil
                case .extract: .extracting
                case .ocr: .recognising
                case .chunk: .chunking
                case .embed: .embedding
                case .index: .indexing
                }
            }
        }

        package enum State: String, Codable, Sendable, CaseIterable {
            case waiting, running, done, failed, cancelled
            /// There was nothing to do.
            case skipped
        }

        package var name: Name
        package var state: State
        package var done: Int
        package var total: Int
        package var startedAt: Date?
        package var finishedAt: Date?
        package var seconds: Double?
        package var error: Problem?

        package enum CodingKeys: String, CodingKey {
            case name, state, done, total, seconds, error
            case startedAt = "started_at"
            case finishedAt = "finished_at"
        }

        fileprivate init(_ name: Name, _ state: State, _ record: StageRecord? = nil) {
            (self.name, self.state) = (name, state)
            (done, total) = (record?.done ?? 0, record?.total ?? 0)
            (startedAt, finishedAt) = (record?.startedAt, record?.finishedAt)
            seconds = record.map { ($0.seconds * 1000).rounded() / 1000 }
        }
    }

    /// All stages in order, each as it stands.
    static func stages(of document: Document) -> [StageView] {
        var views: [StageView] = []
        let current = current(of: document)
        var isAhead = false
        for name in StageView.Name.allCases {
            guard let stage = name.stage else {
                var received = StageView(name, .done)
                received.finishedAt = document.createdAt
                views.append(received)
                continue
            }
            let record = document.stages[stage]
            var view: StageView
            if stage == current {
                view = StageView(name, state(of: document), record)
                if view.state != .waiting {
                    (view.done, view.total) = (document.progress.done, document.progress.total)
                }
                if document.status == .failed { view.error = document.problem.map { Problem(code: $0.code, message: $0.message) } }
                isAhead = true
            } else if record?.finishedAt != nil {
                view = StageView(name, .done, record)
            } else if isAhead {
                view = StageView(name, .waiting)
            } else {
                // Of documents from before stages were noted it is not known whether pages were read from pictures.
                view = StageView(name, name == .ocr ? .skipped : .done, record)
            }
            views.append(view)
        }
        return views
    }

    /// The stage that is in hand, or comes next; nil where all is done.
    private static func current(of document: Document) -> Document.Stage? {
        let way = StageView.Name.allCases.compactMap(\.stage)
        if document.status == .completed { return nil }
        if way.contains(document.progress.stage) { return document.progress.stage }
        let last = document.stages.records.last
        if let last, last.finishedAt == nil { return last.stage }
        guard let last, let index = way.firstIndex(of: last.stage), index + 1 < way.count else { return way.first }
        return way[index + 1]
    }

    private static func state(of document: Document) -> StageView.State {
        switch document.status {
        case .pending: .waiting
        case .processing: .running
        case .completed: .done
        case .failed: .failed
        case .cancelled: .cancelled
        }
    }
}

extension DocumentView.StageView: APIType {
    package static var schemaName: String { "DocumentStage" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("state", "`skipped`: there was nothing to do, as `ocr` has nothing where the file has its text."),
            .describe("done", "How far it has come; both are 0 where there is nothing to count."),
            .describe("seconds", "How long it has worked, without the waits between attempts."),
            .describe("error", "Why it failed, and what to do."),
        ]
    }
}
