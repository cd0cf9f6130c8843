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
        guard intent.isAboutDocuments else {
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
        if let reading = try await reading(task, intent) {
            switch reading {
            case .reply(let text): return try say(text, tell)
            case .passages(let passages, let path):
                try tell(.retrieval(query: task.question, passages: passages))
                return try await generate(task, task.question, passages, reading: path, tell)
            }
        }
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

    /// Answers that are not searched for but read: a chapter in short, what the documents are about. nil where it is none of them.
    private func reading(_ task: Assignment, _ intent: ChatIntent) async throws -> DocumentReading.Outcome? {
        guard intent == .summary || intent == .exam || intent == .quiz || DocumentReading.isAsked(task.question) else { return nil }
        let sections = try await search.sections(of: task.documentIDs, limit: DocumentReading.mostPassages, user: task.user)
        let reading = DocumentReading(sections: sections)
        switch intent {
        case .exam: return .reply(PlainReply.exam(topics: reading.topics))
        case .quiz: return .reply(PlainReply.quiz(topics: reading.topics))
        default: break
        }
        switch reading.plan(for: task.question, isAboutAll: intent == .summary) {
        case .read(let stretches, let path):
            let passages = try await search.passages(in: stretches, user: task.user)
            return passages.isEmpty ? nil : .passages(passages, under: path)
        case .missing(let name): return .reply(PlainReply.noSection(name, topics: reading.topics))
        case nil: return nil
        }
    }

    /// What stands beside the best passages in their documents.
    private func neighbours(of passages: [Passage], user: UserID) async throws -> [Passage] {
        var wanted: [DocumentID: Set<Int>] = [:]
        var found: [DocumentID: Set<Int>] = [:]
        for (rank, passage) in passages.enumerated() {
            guard let ordinal = passage.ordinal else { continue }
            found[passage.documentID, default: []].insert(ordinal)
            let reach = rank < 3 ? 2 : rank < 6 ? 1 : 0
            for place in max(0, ordinal - reach)...(ordinal + reach) { wanted[passage.documentID, default: []].insert(place) }
        }
        let stretches = wanted.flatMap { document, places in
            places.subtracting(found[document] ?? []).sorted().map { PassageStretch(document: document, ordinals: $0..<($0 + 1)) }
        }
        return stretches.isEmpty ? [] : try await search.passages(in: stretches, user: user)
    }

    private func generate(
        _ task: Assignment, _ standalone: String, _ passages: [Passage], reading: [String]? = nil, _ tell: (Step) throws -> Void
    ) async throws -> Answer {
        let beside = model.readsAround && reading == nil ? try await neighbours(of: passages, user: task.user) : []
        let prompt = AnswerPrompt(
            question: task.question, standaloneQuestion: standalone,
            history: task.history.suffix(configuration.historyTurns).map {
                ChatTurn($0.role == .user ? .user : .assistant, $0.content)
            }, passages: passages.enumerated().map { Self.source($1, number: $0 + 1, isFound: reading == nil) },
            neighbours: beside.enumerated().map { Self.source($1, number: passages.count + $0 + 1, isFound: false) },
            reading: reading)
        let all = passages + beside
        var filter = CitationFilter(sources: all.indices.map { $0 + 1 })
        var answer = Answer(model: model.name)
        var citations = CitationMaker(all, finder: finder)
        func pass(_ outputs: [CitationFilter.Output]) async throws {
            for output in outputs {
                switch output {
                case .text(let text): try tell(.text(text))
                case .citation(let number, let source, let statement, let block, let isFirst):
                    // Who follows holds the same quote as who reads the finished message.
                    let citation = try await citations.cite(
                        number, source: source, statement: statement, block: block, isFirst: isFirst)
                    if let citation { try tell(.citation(citation)) }
                }
            }
        }
        var (isFinished, isMissing) = (false, false)
        for try await event in model.answer(prompt, for: task.user) {
            switch event {
            case .waiting: try tell(.waiting)
            case .began: try tell(.began)
            // No text may hold it, in one of the databases.
            case .text(let text): try await pass(filter.feed(text.replacing("\0", with: "")))
            case .usage(let usage): (answer.promptTokens, answer.completionTokens) = (usage.promptTokens, usage.completionTokens)
            case .toolCall: break
            case .finished(let reason):
                isFinished = true
                isMissing = reason == .notInSources
            }
        }
        // A cancelled stream ends without an error.
        try Task.checkCancellation()
        guard isFinished else { throw LanguageModelFailure(.broken, model: model.name) }
        try await pass(filter.finish())
        if isMissing, task.documentIDs != nil {
            for word in AnswerText.words(of: " " + PlainReply.scoped) { try tell(.text(word)) }
        }
        answer.citations = citations.citations
        return answer
    }

    private static func source(_ passage: Passage, number: Int, isFound: Bool) -> SourcePassage {
        let sections = passage.sectionStarts.map { SourcePassage.Section(offset: $0.offset, path: $0.section.map(Self.path) ?? []) }
        return SourcePassage(
            number: number, title: passage.title, section: passage.openingSectionBelowTitle, page: passage.page, text: passage.text,
            document: passage.documentID.description, ordinal: passage.ordinal,
            sections: sections.isEmpty ? [.init(offset: 0, path: passage.openingSection.map(Self.path) ?? [])] : sections,
            score: isFound ? passage.score : nil)
    }

    private static func path(_ section: String) -> [String] { section.split(separator: " › ").map(String.init) }
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
