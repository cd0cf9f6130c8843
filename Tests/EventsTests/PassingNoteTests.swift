import Ambient
@testable import Events
import FoundationEssentials
import Testing

@Suite struct PassingNoteTests {
    @Test(
        "Words of the program pass, anything else does not",
        arguments: [
            ("embedding", "embedding"), ("library.ingest", "library.ingest"), ("my essay", "other"), ("", "other"), ("é", "other"),
            (String(repeating: "a", count: 65), "other"),
        ])
    func words(_ given: String, _ passed: String) { #expect(PassingNote.Word(given).text == passed) }

    @Test("A note is an object of ids, counts and words")
    func encodes() throws {
        let id = newUser()
        let note = PassingNote(
            "sample.progress", user: nil, ["id": .id(id), "progress": .note(["done": .count(3), "stage": .word("x")])])
        let event = try note.draft.event(service: "lm", ambient: .live)
        #expect(event.payload == #"{"id":"\#(id)","progress":{"done":3,"stage":"x"}}"#)
    }
}
