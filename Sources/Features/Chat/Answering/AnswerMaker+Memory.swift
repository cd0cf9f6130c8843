import LanguageModels
import Recollection
import Telemetry

/// What is remembered of the student, in answers. It never makes an answer fail, and nothing is cited from it.
extension AnswerMaker {
    /// Memories that are told to a model, besides wishes about how to answer.
    private static let most = 3

    func recollection(_ task: Assignment) async throws -> Recollection {
        guard task.remembers, let memory else { return Recollection() }
        do {
            return try await memory.recall(for: task.user, question: task.question, limit: Self.most)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            logger.failure("nothing could be recalled", error)
            return Recollection()
        }
    }

    /// The reply to who tells of themself and asks nothing.
    func told(_ task: Assignment) -> Material { .reply(PlainReply.noted(task.recollection.told, rewords: model.readsNotes)) }

    /// By name, if it is known.
    func greeting(_ task: Assignment, hasDocuments: Bool) -> Material? {
        let (name, goal) = (task.recollection.name, task.recollection.goal)
        guard let name, let called = StudentName.told(in: name.text) else { return nil }
        return .reply(
            PlainReply.greeting(called, goal: goal?.text, hasDocuments: hasDocuments),
            memories: [name.id] + (goal.map { [$0.id] } ?? []))
    }

    /// Puts what is remembered, how to speak and what was said before into a prompt, as far as the model can do something with it.
    /// - Returns: what is remembered that it can.
    func suited(_ prompt: inout AnswerPrompt, to task: Assignment, by model: any AnsweringModel) -> [MemoryID] {
        if model.readsNotes {
            (prompt.manner, prompt.summary) = (task.manner, task.summary)
            let recollection = task.recollection
            prompt.notes = recollection.memories.map { StudentNote(text: $0.text, about: $0.kind.rawValue, toldAt: $0.toldAt) }
            return recollection.memories.map(\.id)
        }
        // The built-in tutor speaks in the words of documents: it can say less of them, and not say them otherwise.
        guard model.readsAround, prompt.reading == nil, task.recollection.style.length == .short else { return [] }
        prompt.wantsShort = true
        return task.recollection.memories.first { $0.slot == Recollected.lengthSlot }.map { [$0.id] } ?? []
    }
}

/// The name in “My name is Lena”, “You can call me Ben”.
enum StudentName {
    private static let leads = [
        "my name is ", "i am called ", "i'm called ", "you can call me ", "call me ", "everyone calls me ", "my friends call me ",
        "ich heiße ",
        "mein name ist ", "i am ", "i'm ", "im ",
    ]

    static func told(in text: String) -> String? {
        let lower = text.lowercased().replacing("’", with: "'")
        guard lower.count == text.count, let lead = leads.first(where: lower.hasPrefix) else { return nil }
        let name = text.dropFirst(lead.count).split(separator: " ").prefix {
            !["by", "and", "und", "from"].contains($0.lowercased())
        }
        guard (1...3).contains(name.count) else { return nil }
        return name.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }
}
