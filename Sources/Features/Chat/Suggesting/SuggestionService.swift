package import Ambient
package import Courses
import Database
import LanguageModels
package import Passages

/// Questions to begin with, and to go on with: made from what is in scope, and each answered plainly when it was tried.
package struct SuggestionService: Sendable {
    /// Documents that one set of questions comes from.
    private static let documents = 4
    /// Passages of a document that are looked at, evenly through it.
    private static let places = 10
    /// Questions that are tried for one set: what is not found by then is not there.
    private static let trials = 14
    /// How long a set may take: what is found by then is shown. While there are hardly any it may take three times as long.
    private static let patience: Duration = .seconds(10)
    private static let few = 4

    let maker: AnswerMaker
    let database: any Database
    private let store = ChatStore()
    private let kept: KeptSuggestions

    init(maker: AnswerMaker, database: any Database, kept: KeptSuggestions) {
        self.maker = maker
        self.database = database
        self.kept = kept
    }

    /// - Parameters:
    ///   - documentIDs: as a conversation about them has it; nil for all of the course, or of the library.
    ///   - own: questions that the caller would rather ask, to be tried first.
    package func first(
        _ documentIDs: [DocumentID]?, course: CourseID?, own: [String] = [], limit: Int, user: UserID
    ) async throws -> [String] {
        var scope = documentIDs
        if scope == nil, let course { scope = try await maker.documents.inCourse(user, course) }
        let known = try await maker.documents.list(user, scope).filter { $0.state == .ready }
        guard !known.isEmpty, maker.probe != nil else { return [] }
        let key = KeptSuggestions.Key(user: user, scope: scope, own: own, library: known, limit: limit)
        return try await kept.value(for: key) { [self] in
            let task = AnswerMaker.Assignment(question: "", history: [], documentIDs: scope, courseID: nil, user: user)
            let chosen = known.prefix(Self.documents)
            var lists: [[String]] = []
            for document in chosen { lists.append(try await questions(of: document.id, user: user)) }
            return try await answered(own + Self.mixed(lists), task, limit: limit)
        }
    }

    /// Questions that go on from an answer: of what stands around the place that it cites first.
    package func following(_ id: MessageID, limit: Int, user: UserID) async throws -> [String] {
        let (message, conversation, history) = try await database.read(as: .user(user)) { [store] tx in
            guard let message = try await store.message(id, user: user, in: tx),
                let conversation = try await store.conversation(message.conversationID, user: user, in: tx)
            else { throw ChatFailure(.noMessage) }
            let history = try await store.history(before: message.number + 1, of: message.conversationID, limit: 40, in: tx)
            return (message, conversation, history)
        }
        guard message.role == .assistant, message.status == .completed, let cited = message.citations.first, maker.probe != nil
        else {
            return []
        }
        var task = AnswerMaker.Assignment(
            question: "", history: history, documentIDs: conversation.documentIDs, courseID: conversation.courseID, user: user)
        if task.documentIDs == nil, let course = task.courseID {
            task.documentIDs = try await maker.documents.inCourse(user, course)
        }
        let known = try await maker.documents.list(user, task.documentIDs).filter { $0.state == .ready }
        // An answer of all documents may cite what the conversation is not about.
        guard known.contains(where: { $0.id == cited.documentID }) else { return [] }
        let asked = history.filter { $0.role == .user }.map(\.content)
        let key = KeptSuggestions.Key(user: user, scope: task.documentIDs, own: ["\(id)"] + asked, library: known, limit: limit)
        return try await kept.value(for: key) { [self, task] in
            let around = try await passages(around: cited, question: asked.last ?? "", user: user)
            let told = asked.map { Set(Words.contentStems(of: $0).filter(Words.isTopic)) }
            let questions = Self.mixed(around.map(QuestionMaker.questions)).filter { question in
                let topic = Set(Words.contentStems(of: question).filter(Words.isTopic))
                return !topic.isEmpty && !told.contains { topic.isSubset(of: $0) }
            }
            return try await answered(questions, task, limit: limit)
        }
    }

    // MARK: - What might be asked

    private func questions(of document: DocumentID, user: UserID) async throws -> [String] {
        let sections = try await maker.search.sections(of: [document], limit: DocumentReading.mostPassages, user: user)
        let stretches = DocumentReading(sections: sections).whole(atMost: Self.places)
        let passages = try await maker.search.passages(in: stretches, user: user)
        return Self.mixed(passages.map(QuestionMaker.questions))
    }

    /// What stands around a cited place in its document, the nearest first.
    private func passages(around cited: Citation, question: String, user: UserID) async throws -> [Passage] {
        let found = try await maker.search.passages(
            for: question + " " + cited.quote.prefix(300), mode: .hybrid, limit: 8, in: [cited.documentID], user: user)
        guard let ordinal = found.first(where: { $0.chunkID == cited.chunkID })?.ordinal else { return [] }
        let places = PassageStretch(document: cited.documentID, ordinals: max(0, ordinal - 2)..<(ordinal + 4))
        return try await maker.search.passages(in: [places], user: user).sorted {
            abs(($0.ordinal ?? 0) - ordinal) < abs(($1.ordinal ?? 0) - ordinal)
        }
    }

    /// The first of each, then the second of each, so that no part takes all places.
    static func mixed(_ lists: [[String]]) -> [String] {
        var (mixed, seen): ([String], Set<String>) = ([], [])
        for place in 0..<(lists.map(\.count).max() ?? 0) {
            for list in lists where list.indices.contains(place) && seen.insert(list[place].lowercased()).inserted {
                mixed.append(list[place])
            }
        }
        return mixed
    }

    // MARK: - What is answered

    private func answered(_ questions: [String], _ task: AnswerMaker.Assignment, limit: Int) async throws -> KeptSuggestions.Made {
        guard let probe = maker.probe else { return .init(questions: [], isWhole: true) }
        let began = ContinuousClock.now
        var found: [String] = []
        var topics: Set<Set<String>> = []
        for question in questions.prefix(Self.trials) where found.count < limit {
            try Task.checkCancellation()
            let patience = found.count < Self.few ? Self.patience * 3 : Self.patience
            if ContinuousClock.now - began > patience { return .init(questions: found, isWhole: !found.isEmpty) }
            // “What is erosion?” and “Explain erosion.” are one.
            let topic = Set(Words.contentStems(of: question).filter(Words.isTopic))
            if topics.contains(topic) { continue }
            var task = task
            task.question = question
            // One that would be read as something else, or as leaning on what was asked before, is not the same question.
            guard ChatIntent(of: question) == .content, task.standalone == question else { continue }
            if try await maker.tried(task, by: probe).holding == .plain {
                found.append(question)
                topics.insert(topic)
            }
        }
        return .init(questions: found, isWhole: true)
    }
}
