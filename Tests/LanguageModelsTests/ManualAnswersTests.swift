import Embedding
@testable import LanguageModels
import Testing

/// Questions of a kind that reference texts answer badly sentence by sentence.
@Suite(.timeLimit(.minutes(3)))
struct ManualAnswersTests {
    private static let passages = [
        SourcePassage(
            number: 1, title: "Storage handbook", section: "Disks › Levels", page: 1,
            text: """
                RAID-1 volumes are often created to be used as a new disk, often considered blank.

                RAID-1 This level, also known as mirroring, keeps the same data on two disks.

                RAID-5 This level spreads parity blocks over all disks, so that one of them may fail.
                """),
        SourcePassage(
            number: 2, title: "Loans", section: "Terminology", page: 2,
            text: """
                Lender

                The company or person who lends money to a borrower.

                Principal

                The original amount of the loan that is still owed. When you make a payment, part of it pays the interest.
                """),
        SourcePassage(
            number: 3, title: "History of releases", section: "Releases", page: 3,
            text: """
                Release 2.1 (March 1999): named for the dog. It was delayed by a week.

                Release 3.1 (June 2005): named for the sergeant. It was made by nine hundred developers.
                """),
        SourcePassage(
            number: 4, title: "The sky", section: "Horizontal coordinates", page: 4,
            text: """
                The angle of an object above or below the horizon is called the Altitude. The angle of an object around the horizon is \
                called the Azimuth. Altitude and Azimuth of an object change with time, as the object appears to drift across the sky.
                """),
    ]

    @Test(
        "The sentence about the thing is told, not one that mentions it",
        arguments: [
            ("What is RAID 1?", ["the same data on two disks"], ["often created", "parity"]),
            ("What is RAID 5?", ["parity"], ["mirroring"]),
            ("What is the principal of a loan?", ["Principal: The original amount"], ["lends money"]),
            ("When was release 3.1 made?", ["June 2005"], ["1999"]),
            (
                "What is the difference between altitude and azimuth?", ["above or below the horizon", "around the horizon"], []
            ),
        ])
    func told(question: String, holds: [String], lacks: [String]) async throws {
        let tutor = ExtractiveTutor(embedder: try Course.embedder.get())
        let answer = try await tutor.answer(to: AnswerPrompt(question: question, passages: Self.passages))
        for fact in holds { #expect(answer.text.contains(fact), "\(answer.text)") }
        for other in lacks { #expect(!answer.text.contains(other), "\(answer.text)") }
    }

    @Test("Another number than the one asked about is no answer", arguments: ["What is RAID 7?", "When was release 4.2 made?"])
    func otherNumber(question: String) async throws {
        let tutor = ExtractiveTutor(embedder: try Course.embedder.get())
        let answer = try await tutor.answer(to: AnswerPrompt(question: question, passages: Self.passages))
        #expect(!answer.isAnswer, "\(answer.text)")
    }
}
