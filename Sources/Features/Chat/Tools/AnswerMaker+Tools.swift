import Ambient
import Assembly
import FoundationEssentials
import HTTPServing
import JSON
import LanguageModels
import Passages

/// What students wish to have made: it is proposed below the answer, and made when they agree.
extension AnswerMaker {
    /// What a tool would be called with.
    struct Proposed: Sendable {
        var proposal: Proposal
        var arguments: JSONValue
    }

    /// Fields of a tool's arguments that are the conversation's to fill, and no model's.
    private static let own: Set<String> = ["document_ids", "course_id", "content", "citations"]

    /// The tool that plain words ask for.
    func wished(_ question: String) -> (tool: AssistantTool, wish: ToolWish)? {
        for tool in tools {
            if let wish = tool.wishes?.wish(in: question) { return (tool, wish) }
        }
        return nil
    }

    /// Whether the student says yes to what was proposed last, and nothing else.
    func agrees(_ task: Assignment) -> Bool {
        guard task.history.last(where: { $0.role == .assistant })?.proposal?.state == .proposed else { return false }
        let words = task.question.lowercased().split { !$0.isLetter }.map(String.init)
        let yes: Set<String> = [
            "yes", "yeah", "yep", "sure", "ok", "okay", "please", "do", "it", "that", "go", "ahead", "ja", "bitte", "gern", "gerne",
            "mach",
            "das",
        ]
        return (1...4).contains(words.count) && words.allSatisfy(yes.contains)
    }

    /// What is asked back, or told, where plain words ask for a tool.
    func material(_ task: Assignment, _ route: Route, by tool: AssistantTool, _ wish: ToolWish) async throws -> Material {
        var fields = Fields(wish.fields)
        let answered = task.history.last { $0.role == .assistant && $0.status == .completed && !$0.content.isEmpty }
        if let count = wish.count, tool.takes("count") { fields["count"] = .integer(count) }
        if tool.takes("entry") { fields["entry"] = .string(String(wish.line.prefix(300))) }
        if tool.takes("content"), fields["kind"] == nil, let said = wish.said {
            fields["content"] = .string(said.prefix(1).uppercased() + said.dropFirst())
            fields["title"] = .string(String(said.prefix(60)))
        } else if tool.takes("content"), fields["kind"] == nil, wish.about == nil, let answered {
            fields["content"] = .string(answered.content)
            fields["citations"] = try JSONSchema.value(of: answered.citations)
            if let asked = task.history.last(where: { $0.id == answered.questionID }) {
                fields["title"] = .string(
                    String(asked.content.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200)))
            }
        } else if tool.takes("document_ids") {
            let known = try await documents.list(task.user, task.documentIDs)
            if known.isEmpty {
                return .reply(PlainReply.nothing(in: task.documentIDs, ofCourse: route.part == .course), holding: .none)
            }
            if !known.contains(where: { $0.state == .ready }) { return .reply(PlainReply.notReady(known), holding: .none) }
            let sections = try await search.sections(of: task.documentIDs, limit: DocumentReading.mostPassages, user: task.user)
            let reading = DocumentReading(sections: sections)
            var topic = wish.about
            if wish.isOfThis { topic = answered?.citations.first?.section.flatMap { Passage.headings(of: $0).last } }
            if let about = topic {
                switch reading.part(named: about) {
                case .heading(let name): topic = name
                case .missing(let name):
                    return .reply(
                        PlainReply.noSection(name, topics: reading.topics), offers: Offer.tellings(of: reading.topics.first))
                case .subject: break
                }
            }
            if let topic, tool.takes("topic") { fields["topic"] = .string(String(topic.prefix(200))) }
            fields.scope(to: task, route)
            return try await proposed(
                by: tool, fields, task, topics: topic == nil ? reading.topics : [], offers: Offer.tellings(of: topic))
        }
        return try await proposed(by: tool, fields, task)
    }

    private func proposed(
        by tool: AssistantTool, _ fields: Fields, _ task: Assignment, topics: [String] = [], offers: [Offer] = []
    ) async throws -> Material {
        guard let question = try tool.question(fields.value) else {
            let told = try await tool(fields.value, for: task.user)
            guard case .string(let text)? = told["text"] else { return .reply(PlainReply.text(for: .beyond, documents: [])) }
            return .reply(text)
        }
        return .reply(
            PlainReply.proposing(question, topics: topics), offers: offers,
            proposed: Proposed(proposal: fields.proposal(of: tool), arguments: fields.value))
    }

    // MARK: - Models

    /// What a model may call: only where it may be meant, since each tool takes room of its window.
    func offered(for question: String) -> [ModelTool] {
        tools.filter { $0.wishes?.mayBeMeant(by: question) == true }.map {
            ModelTool(name: $0.name, description: $0.summary, parameters: $0.parameters(without: Self.own))
        }
    }

    /// What a model's call proposes; nil where it calls what is not there, or with what does not fit.
    func proposed(_ call: ToolCall, _ task: Assignment, _ route: Route) async throws -> (text: String, Proposed?)? {
        guard let tool = tools.first(where: { $0.name == call.name }),
            case .object(let given)? = try? call.arguments(as: JSONValue.self)
        else { return nil }
        var fields = Fields(given.filter { !Self.own.contains($0.name) && $0.value != .null })
        if tool.takes("document_ids") { fields.scope(to: task, route) }
        guard let material = try? await proposed(by: tool, fields, task), case .reply(let text, _, _, _, let proposed) = material
        else { return nil }
        return (text, proposed)
    }
}

/// Arguments while they are put together.
private struct Fields {
    private var fields: [JSONValue.Field]

    init(_ fields: [JSONValue.Field]) { self.fields = fields }

    var value: JSONValue { .object(fields) }

    subscript(_ name: String) -> JSONValue? {
        get { value[name] }
        set {
            fields.removeAll { $0.name == name }
            if let newValue { fields.append(.init(name: name, value: newValue)) }
        }
    }

    /// What the conversation is about.
    mutating func scope(to task: AnswerMaker.Assignment, _ route: AnswerMaker.Route) {
        if let course = task.courseID { self["course_id"] = .string(course.description) }
        if let documents = task.documentIDs, route.part != .course, !documents.isEmpty {
            self["document_ids"] = .array(documents.prefix(100).map { .string($0.description) })
        }
    }

    func proposal(of tool: AssistantTool) -> Proposal {
        func text(_ name: String) -> String? { if case .string(let text)? = value[name] { text } else { nil } }
        var count: Int?
        if case .integer(let number)? = value["count"] { count = number }
        return Proposal(
            tool: tool.name, topic: text("topic"), count: count, kind: text("kind"), title: text("title"), state: .proposed)
    }
}
