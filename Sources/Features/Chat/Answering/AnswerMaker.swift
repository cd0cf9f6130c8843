import Ambient
import Courses
import Database
import LanguageModels
import Passages

/// Makes the answer to one question: intent, retrieval, model, checked citations.
struct AnswerMaker: Sendable {
    let search: any PassageSearch
    let documents: ChatDocuments
    let model: any AnsweringModel
    let finder: SupportFinder
    let configuration: ChatConfiguration

    struct Answer: Sendable {
        var citations: [Citation] = []
        var promptTokens = 0
        var completionTokens = 0
        var model: String
    }

    /// Everything that an answer is made for.
    struct Assignment: Sendable {
        var question: String
        /// The turns before the question, oldest first.
        var history: [ChatMessage]
        var documentIDs: [DocumentID]?
        /// Whose documents it is made from where none are named.
        var courseID: CourseID?
        var user: UserID
    }

    /// What `make` tells as it goes.
    enum Step: Sendable {
        /// Others are served first; then it begins.
        case waiting
        case began
        case retrieval(query: String, passages: [Passage])
        case text(String)
        /// Comes again under the same number when its quote has grown; the last one holds.
        case citation(Citation)
    }

    func make(_ task: Assignment, tell: (Step) throws -> Void) async throws -> Answer {
        let intent = ChatIntent(of: task.question)
        let isOfCourse = task.documentIDs == nil && task.courseID != nil
        var task = task
        if isOfCourse, let course = task.courseID { task.documentIDs = try await documents.inCourse(task.user, course) }
        guard intent == .content || intent == .summary else {
            let needsList = intent == .documentList || intent == .greeting
            let known = needsList ? try await documents.list(task.user, intent == .greeting ? nil : task.documentIDs) : []
            if intent == .documentList, known.isEmpty {
                return try say(PlainReply.nothing(in: task.documentIDs, ofCourse: isOfCourse), tell)
            }
            return try say(PlainReply.text(for: intent, documents: known), tell)
        }
        let known = try await documents.list(task.user, task.documentIDs)
        if known.isEmpty { return try say(PlainReply.nothing(in: task.documentIDs, ofCourse: isOfCourse), tell) }
        if !known.contains(where: { $0.state == .ready }) { return try say(PlainReply.notReady(known), tell) }
        let earlier = task.history.filter { $0.role == .user }.map(\.content).filter { ChatIntent(of: $0) == .content }
        let standalone = intent == .summary ? task.question : StandaloneQuestion.make(task.question, after: earlier.suffix(4))
        let query = intent == .summary ? "\(task.question) introduction overview main points conclusion" : standalone
        let passages = try await search.passages(
            for: query, mode: .hybrid, limit: configuration.passages, in: task.documentIDs, user: task.user)
        try tell(.retrieval(query: standalone, passages: passages))
        return try await generate(task, standalone, passages, tell)
    }

    private func say(_ text: String, _ tell: (Step) throws -> Void) throws -> Answer {
        for word in AnswerText.words(of: text) { try tell(.text(word)) }
        return Answer(model: "little-monster")
    }

    private func generate(
        _ task: Assignment, _ standalone: String, _ passages: [Passage], _ tell: (Step) throws -> Void
    ) async throws -> Answer {
        let prompt = AnswerPrompt(
            question: task.question, standaloneQuestion: standalone,
            history: task.history.suffix(configuration.historyTurns).map {
                ChatTurn($0.role == .user ? .user : .assistant, $0.content)
            },
            passages: passages.enumerated().map { index, passage in
                SourcePassage(
                    number: index + 1, title: passage.title, section: passage.openingSectionBelowTitle, page: passage.page,
                    text: passage.text)
            })
        var filter = CitationFilter(sources: 1...max(1, passages.count))
        if passages.isEmpty { filter = CitationFilter(sources: []) }
        var answer = Answer(model: model.name)
        var citations = CitationMaker(passages, finder: finder)
        func pass(_ outputs: [CitationFilter.Output]) async throws {
            for output in outputs {
                switch output {
                case .text(let text): try tell(.text(text))
                case .citation(let number, let source, let statement, let isFirst):
                    // Who follows holds the same quote as who reads the finished message.
                    if let citation = try await citations.cite(number, source: source, statement: statement, isFirst: isFirst) {
                        try tell(.citation(citation))
                    }
                }
            }
        }
        var isFinished = false
        for try await event in model.answer(prompt, for: task.user) {
            switch event {
            case .waiting: try tell(.waiting)
            case .began: try tell(.began)
            // No text may hold it, in one of the databases.
            case .text(let text): try await pass(filter.feed(text.replacing("\0", with: "")))
            case .usage(let usage): (answer.promptTokens, answer.completionTokens) = (usage.promptTokens, usage.completionTokens)
            case .toolCall: break
            case .finished: isFinished = true
            }
        }
        // A cancelled stream ends without an error.
        try Task.checkCancellation()
        guard isFinished else { throw LanguageModelFailure(.broken, model: model.name) }
        try await pass(filter.finish())
        answer.citations = citations.citations
        return answer
    }
}

enum AnswerText {
    /// Words with the white space before them.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            if character.isWhitespace, word.contains(where: { !$0.isWhitespace }) {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        return word.isEmpty ? words : words + [word]
    }
}
