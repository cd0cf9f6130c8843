import Ambient
import Assembly
import Courses
import Database
import LanguageModels
import Passages
import Recollection
import Telemetry

/// Makes the answer to one question: intent, retrieval, model, checked citations.
struct AnswerMaker: Sendable {
    let search: any PassageSearch
    let documents: ChatDocuments
    let model: any AnsweringModel
    let finder: SupportFinder
    /// Tries what is offered; without one nothing is.
    var probe: (any AnswerProbe)?
    /// What is remembered of students; nil remembers nothing.
    var memory: (any MemoryRecall)?
    /// What may be made for students who wish for it.
    var tools: [AssistantTool] = []
    let configuration: ChatConfiguration
    var logger = Logger.silent

    struct Answer: Sendable {
        var citations: [Citation] = []
        var promptTokens = 0
        var completionTokens = 0
        var model: String
        var offers: [Offer] = []
        /// What it would have made.
        var proposed: Proposed?
        /// What is remembered that it was suited to.
        var memories: [MemoryID] = []
        /// How far the documents hold what was asked.
        var holding = Holding.plain
        /// The model says that they do not.
        var declines = false
    }

    /// Everything that an answer is made for.
    struct Assignment: Sendable {
        var question: String
        /// The last turns before the question, oldest first.
        var history: [ChatMessage]
        /// What a model is told of the conversation: all of it that its summary leaves out; nil for the history.
        var told: [ChatMessage]?
        /// What was said before that, in short.
        var summary: String?
        /// How a model is to speak.
        var manner: String?
        var documentIDs: [DocumentID]?
        /// Whose documents it is made from where none are named.
        var courseID: CourseID?
        var user: UserID
        /// What is remembered of the student may be used.
        var remembers = true
        /// What is remembered that matters to the question.
        var recollection = Recollection()

        /// Only a part of what the person has is asked.
        var isNarrowed: Bool { documentIDs != nil || courseID != nil }

        /// The same of all that the person has.
        var widened: Assignment {
            var wide = self
            (wide.documentIDs, wide.courseID) = (nil, nil)
            return wide
        }

        /// The question, understandable without the conversation.
        var standalone: String {
            let earlier = history.filter { $0.role == .user }.map(\.content).filter { ChatIntent(of: $0) == .content }
            return StandaloneQuestion.make(question, after: earlier.suffix(4))
        }
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

    /// Which way a question takes.
    struct Route: Sendable {
        enum Kind: String, Sendable {
            /// The student tells of themself, and asks nothing.
            case told
            /// Talk beside the matter.
            case own
            /// It is answered from what the documents hold.
            case documents
            /// Something is to be made, or told of what the student has.
            case tool
        }

        var kind: Kind
        var intent: ChatIntent
        /// The part of what the person has that is asked.
        var part: Offer.Part?
    }

    /// What an answer is made from.
    enum Material: Sendable {
        /// It is all there.
        case reply(
            String, offers: [Offer] = [], holding: Holding = .plain, memories: [MemoryID] = [], proposed: Proposed? = nil)
        /// - Parameter reading: the headings under which the passages stand, where they are read and not found.
        case passages(standalone: String, [Passage], reading: [String]? = nil)
    }

    /// Also finds what the question is asked of.
    func route(_ task: inout Assignment) async throws -> Route {
        let intent = ChatIntent(of: task.question)
        let isWish = wished(task.question) != nil || agrees(task)
        if !isWish, !task.recollection.told.isEmpty { return Route(kind: .told, intent: intent) }
        // “And why is that?” is asked of what the question before was asked of.
        let leans = intent == .content && task.isNarrowed && task.standalone != task.question
        if leans, task.history.last(where: { $0.role == .user })?.scope == .all { task = task.widened }
        var route = Route(kind: intent.isAboutDocuments ? .documents : .own, intent: intent)
        if isWish { route.kind = .tool }
        if task.documentIDs == nil, let course = task.courseID {
            route.part = .course
            task.documentIDs = try await documents.inCourse(task.user, course)
        } else if let ids = task.documentIDs {
            route.part = ids.count == 1 ? .document : .documents
        }
        return route
    }

    func material(_ task: Assignment, _ route: Route, _ tell: (Step) throws -> Void) async throws -> Material {
        let (intent, isOfCourse) = (route.intent, route.part == .course)
        switch route.kind {
        case .told: return told(task)
        case .tool:
            guard let (tool, wish) = wished(task.question) else { return .reply(PlainReply.agreeing) }
            return try await material(task, route, by: tool, wish)
        case .own:
            let needsList = intent != .thanks && intent != .farewell
            let known = needsList ? try await documents.list(task.user, intent == .greeting ? nil : task.documentIDs) : []
            if intent == .documentList, known.isEmpty {
                return .reply(PlainReply.nothing(in: task.documentIDs, ofCourse: isOfCourse))
            }
            if intent == .greeting, let greeting = greeting(task, hasDocuments: !known.isEmpty) { return greeting }
            let tells = intent == .beyond || intent == .capabilities
            return .reply(
                PlainReply.text(for: intent, documents: known),
                offers: tells && known.contains { $0.state == .ready } ? Offer.tellings(of: nil) : [])
        case .documents: break
        }
        let known = try await documents.list(task.user, task.documentIDs)
        if known.isEmpty { return .reply(PlainReply.nothing(in: task.documentIDs, ofCourse: isOfCourse), holding: .none) }
        if !known.contains(where: { $0.state == .ready }) { return .reply(PlainReply.notReady(known), holding: .none) }
        if let reading = try await reading(task, intent) {
            switch reading {
            case .reply(let text, let offers): return .reply(text, offers: offers)
            case .passages(let passages, let path):
                try tell(.retrieval(query: task.question, passages: passages))
                return .passages(standalone: task.question, passages, reading: path)
            }
        }
        let standalone = intent == .summary ? task.question : task.standalone
        let query = intent == .summary ? "\(task.question) introduction overview main points conclusion" : standalone
        let passages = try await search.passages(
            for: query, mode: .hybrid, limit: configuration.passages, in: task.documentIDs, user: task.user)
        try tell(.retrieval(query: standalone, passages: passages))
        return .passages(standalone: standalone, passages)
    }

    func answer(_ task: Assignment, _ route: Route, from material: Material, _ tell: (Step) throws -> Void) async throws -> Answer {
        var answer: Answer
        switch material {
        case .reply(let text, let offers, let holding, let memories, let proposed):
            answer = try say(text, holding: holding, tell)
            (answer.offers, answer.memories, answer.proposed) = (offers, memories, proposed)
        case .passages(let standalone, let passages, let reading):
            let writer: any AnsweringModel = reading != nil && route.intent == .keyTerms ? KeyTerms() : model
            answer = try await generate(task, route, standalone, passages, reading: reading, by: writer, tell)
        }
        if let part = route.part, route.kind == .documents, route.intent == .content {
            try await widen(&answer, task, beyond: part, tell)
        }
        return answer
    }

    func say(_ text: String, holding: Holding = .plain, _ tell: (Step) throws -> Void) throws -> Answer {
        for word in AnswerText.words(of: text) { try tell(.text(word)) }
        return Answer(model: "little-monster", holding: holding)
    }

    /// Answers that are not searched for but read: a chapter in short, what the documents are about. nil where it is none of them.
    private func reading(_ task: Assignment, _ intent: ChatIntent) async throws -> DocumentReading.Outcome? {
        guard intent.isReading || DocumentReading.isAsked(task.question) else { return nil }
        let sections = try await search.sections(of: task.documentIDs, limit: DocumentReading.mostPassages, user: task.user)
        let reading = DocumentReading(sections: sections)
        switch intent {
        case .exam: return .reply(PlainReply.exam(topics: reading.topics), Offer.tellings(of: nil))
        case .quiz:
            let topic = reading.topic(of: task.question, aside: ChatIntent.quizWords)
            return .reply(PlainReply.quiz(on: topic, topics: reading.topics), Offer.quizzing(on: topic))
        default: break
        }
        switch reading.plan(for: task.question, isAboutAll: intent == .summary, asTerms: intent == .keyTerms) {
        case .read(let stretches, let path):
            let passages = try await search.passages(in: stretches, user: task.user)
            return passages.isEmpty ? nil : .passages(passages, under: path)
        case .missing(let name):
            return .reply(PlainReply.noSection(name, topics: reading.topics), Offer.tellings(of: reading.topics.first))
        case nil: return nil
        }
    }

    private func generate(
        _ task: Assignment, _ route: Route, _ standalone: String, _ passages: [Passage], reading: [String]? = nil,
        by model: any AnsweringModel, _ tell: (Step) throws -> Void
    ) async throws -> Answer {
        var (prompt, all) = try await prompt(task, standalone, passages, reading: reading, around: model.readsAround)
        if model.readsNotes { prompt.tools = offered(for: task.question) }
        let memories = suited(&prompt, to: task, by: model)
        var filter = CitationFilter(sources: all.indices.map { $0 + 1 })
        var answer = Answer(model: model.name)
        var citations = CitationMaker(all, finder: finder)
        var hasSaid = false
        func pass(_ outputs: [CitationFilter.Output]) async throws {
            for output in outputs {
                hasSaid = true
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
        var isFinished = false
        var call: ToolCall?
        // Some models, and some servers, refuse whatever names a tool.
        while !isFinished {
            do {
                for try await event in model.answer(prompt, for: task.user) {
                    switch event {
                    case .waiting: try tell(.waiting)
                    case .began: try tell(.began)
                    // No text may hold it, in one of the databases.
                    case .text(let text): try await pass(filter.feed(text.replacing("\0", with: "")))
                    case .usage(let usage):
                        (answer.promptTokens, answer.completionTokens) = (usage.promptTokens, usage.completionTokens)
                    // One thing is proposed at a time.
                    case .toolCall(let wanted): call = call ?? wanted
                    case .finished(let reason):
                        isFinished = true
                        answer.declines = reason == .notInSources
                        answer.holding = answer.declines ? .none : reason == .nearest ? .nearest : .plain
                    }
                }
                break
            } catch is LanguageModelFailure where !prompt.tools.isEmpty && !hasSaid {
                prompt.tools = []
            }
        }
        // A cancelled stream ends without an error.
        try Task.checkCancellation()
        guard isFinished else { throw LanguageModelFailure(.broken, model: model.name) }
        try await pass(filter.finish())
        if let call, let (text, proposed) = try await proposed(call, task, route) {
            for word in AnswerText.words(of: text) { try tell(.text(word)) }
            answer.proposed = proposed
        }
        answer.citations = citations.citations
        answer.memories = memories
        // A model that is told to cite what it says, and cites nothing, has found nothing.
        if answer.citations.isEmpty { answer.holding = .none }
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
