import Ambient
import Assembly
import Courses
import Failures
import FoundationEssentials
import HTTPServing
import JSON
import Passages
import Summaries

/// Has a note made or written for a student who wishes for one in a conversation.
enum NoteTools {
    struct Input: APIType {
        var topic: String?
        var kind: NoteForm?
        var title: String?
        var content: String?
        var citations: [NoteCitationView]?
        var documentIDs: [String]?
        var courseID: String?

        enum CodingKeys: String, CodingKey {
            case topic, kind, title, content, citations
            case documentIDs = "document_ids"
            case courseID = "course_id"
        }

        static var constraints: [Constraint<Input>] {
            [
                .length(\.topic, "topic", 1...200), .length(\.title, "title", 1...200),
                .length(\.content, "content", 1...NoteService.longest), .count(\.citations, "citations", 0...999),
                .describe("topic", "A heading of the documents or any subject; nothing for all of them."),
                .describe("kind", "What kind of note; an outline where nothing is said."),
            ]
        }

        var form: NoteKind { kind?.kind ?? .outline }
    }

    private static func kind(_ words: String, _ kind: NoteForm) -> ToolWishes.Thing {
        .init(words, [.init(name: "kind", value: .string(kind.rawValue))])
    }

    private static var wishes: ToolWishes {
        ToolWishes(
            [
                .init("note"), .init("notes"), .init("notiz"), .init("notizen"), kind("outline", .outline),
                kind("gliederung", .outline),
                kind("cheat sheet", .cheatSheet), kind("cheatsheet", .cheatSheet), kind("spickzettel", .cheatSheet),
                kind("glossary", .glossary), kind("glossar", .glossary), kind("cornell notes", .cornell),
                kind("cornell note", .cornell),
                kind("concept map", .conceptMap), kind("mind map", .conceptMap), kind("mindmap", .conceptMap),
                kind("diagram", .conceptMap), kind("drawing", .conceptMap), kind("sketch", .conceptMap),
                kind("begriffskarte", .conceptMap), kind("diagramm", .conceptMap), kind("zeichnung", .conceptMap),
                kind("skizze", .conceptMap),
                kind("summary note", .summary),
            ], phrases: ["take a note", "take notes", "note down", "notiere"])
    }

    static func tool(_ notes: NoteService) -> AssistantTool {
        AssistantTool(
            "note_make",
            "Makes a note of the student's documents: outline, summary, key points, glossary, Cornell notes, cheat sheet or concept map.",
            takes: Input.self, wishes: wishes, asks: question,
            make: { input, id, user in
                let (id, course) = (NoteID(id), input.courseID.flatMap { CourseID($0) })
                let note =
                    if let content = input.content {
                        try await notes.write(
                            title: input.title ?? "Note", CitedContent(content, input.citations?.compactMap(\.citation) ?? []),
                            course: course, as: id, user: user)
                    } else {
                        try await notes.generate(
                            input.form,
                            NoteWish(
                                documents: input.documentIDs?.compactMap { DocumentID($0) }, course: course, topic: input.topic,
                                usesModel: true), title: input.title, as: id, user: user)
                    }
                return ToolDeed("note", id: note.id.description, title: note.title)
            },
            undo: { id, user in
                do {
                    try await notes.delete(NoteID(id), user: user)
                } catch let failure as NotesFailure where failure.code == .notFound {
                    // It is gone already.
                }
            })
    }

    private static func question(_ input: Input) -> String {
        if let content = input.content {
            guard input.citations?.isEmpty != false else {
                return "I can keep my last answer as a note, with its sources. Shall I?"
            }
            let words = content.split(whereSeparator: \.isWhitespace).prefix(20).joined(separator: " ")
            return "I can write this down as a note: “\(words)”. Shall I?"
        }
        let about = input.topic.map { " on “\($0)”" } ?? ""
        let what =
            switch input.form {
            case .outline: "an outline"
            case .summary: "a summary"
            case .keyPoints: "a note of the key points"
            case .glossary: "a glossary"
            case .cornell: "Cornell notes"
            case .cheatSheet: "a cheat sheet"
            case .conceptMap: "a concept map"
            }
        return "I can make \(what)\(about) of your own documents, in which each line tells where it stands. Shall I?"
    }
}
