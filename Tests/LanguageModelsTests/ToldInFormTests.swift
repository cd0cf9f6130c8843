import Embedding
@testable import LanguageModels
import Testing

/// What a text's form says beside its words: time marks, figures' numbers, columns, levels, brackets, formulas.
@Suite(.timeLimit(.minutes(3)))
struct ToldInFormTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var question: String
        var document: String
        var holds: [String]
        var lacks: [String] = []

        var testDescription: String { question }
    }

    static let cases: [Case] = [
        Case(
            question: "What does the pancreas make?",
            document: """
                [0:00] Anna: Welcome back to the lecture on digestion.

                [0:11] Anna: The pancreas makes insulin, which lowers the sugar in the blood.

                [1:02:09] Ben: And what does the stomach make? Acid.
                """, holds: ["insulin"], lacks: ["[0:11]", "0:11", "1:02:09"]),
        Case(
            question: "What does ORCHID stand for?",
            document:
                "The first boat was built by ORCHID (Ocean Research with Children in Distant schools) in 1998.\n\nIt sank in May.",
            holds: ["Ocean Research with Children in Distant schools"]),
        Case(
            question: "RNA 是什么的缩写？",
            document: "遗传信息储存在细胞里。RNA 表示核糖核酸（Ribonucleic Nucleotide Acid）。蛋白质由氨基酸组成。",
            holds: ["Ribonucleic Nucleotide Acid"]),
        Case(
            question: "What is equity?",
            document: """
                1/5 Start
                    Assets:Bank                         £20.00
                    Equity:Opening Balances

                Many students find one word of the ledger strange. Basically, equity is like the worth of what you own.
                """, holds: ["worth of what you own"]),
        Case(
            question: "What are the three levels of a forest?",
            document: """
                Foresters describe three levels of a forest:

                A - canopy

                the crowns of the tallest trees, which take most of the light.

                B - understorey

                shrubs and young trees that live in the shade.

                C - floor

                moss, fungi and fallen leaves.
                """, holds: ["crowns of the tallest", "shrubs and young", "fungi"]),
        Case(
            question: "Which fuels are in the table?",
            document: "year | fuel | output\n"
                + [2001, 2002, 2003].flatMap { year in ["Coal", "Wind", "Peat"].map { "\(year) | \($0) | \(year / 3)" } }.joined(
                    separator: "\n"), holds: ["Coal", "Wind", "Peat"], lacks: ["667"]),
        Case(
            question: "What value of k came out of the spring?",
            document: """
                Figure 6.1: Measuring the stretch of the spring with a ruler, to calculate the value of k.

                Discussion

                The calculated value of k is around 24.8 N/m for the spring.
                """, holds: ["24.8"]),
        Case(
            question: "How do you work out the speed of a falling stone?",
            document: """
                Speed of a stone that is thrown up

                u = v − g t

                Speed of a falling stone after a time

                t

                v = g t

                A stone and a stopwatch are needed.
                """, holds: ["v = g t"]),
        Case(
            question: "ls and lsd, what's different?",
            document: """
                The commands ls and lsd share most of their options with find and share their manual.

                Both ls and lsd come with the base system and are run by everybody who looks at a folder.

                Use lsd where you want colour: lsd is the same as ls except that it draws icons.
                """, holds: ["except that it draws icons"]),
        Case(
            question: "What is kept in the .rc files?",
            document: """
                The kept coins of the museum are in the cellar, where a guard keeps them in files of tin.

                Settings of the user are written to an .rc file. A log is written each night.
                """, holds: ["Settings of the user"]),
    ]

    @Test("Told as it is meant", arguments: cases)
    func told(_ one: Case) async throws {
        let tutor = ExtractiveTutor(embedder: try Course.embedder.get())
        let answer = try await tutor.answer(
            to: AnswerPrompt(
                question: one.question, passages: [SourcePassage(number: 1, title: "Notes", text: one.document, score: 0.6)]))
        #expect(answer.isAnswer, "\(answer.text)")
        for text in one.holds { #expect(answer.text.contains(text), "\(answer.text)") }
        for text in one.lacks { #expect(!answer.text.contains(text), "\(answer.text)") }
    }

    @Test("A summary of a section tells that section, though others come as near")
    func summary() async throws {
        let tutor = ExtractiveTutor(embedder: try Course.embedder.get())
        let passage = SourcePassage(
            number: 1, title: "Bees",
            text: """
                Bees gather nectar and carry it home. Nectar is sweet.

                Workers dance to tell each other where flowers are. The angle of the dance is that to the sun.

                A longer run means that the flowers are further away. Followers learn it with their feelers in the dark.
                """,
            sections: [.init(offset: 0, path: ["Nectar"]), .init(offset: 57, path: ["The dance"])], score: 0.6)
        let answer = try await tutor.answer(to: AnswerPrompt(question: "Sum up the section on the dance.", passages: [passage]))
        #expect(answer.isAnswer)
        #expect(answer.text.contains("Workers dance") && answer.text.contains("further away"), "\(answer.text)")
        #expect(!answer.text.contains("gather nectar"), "\(answer.text)")
    }

    @Test("Brackets in the text of code are no times")
    func indices() {
        #expect(TimeMark.text(of: "[0:11] So it begins") == "So it begins")
        #expect(TimeMark.text(of: "[1:02:03] x") == "x")
        #expect(TimeMark.text(of: "[0:5] is a slice") == nil)
        #expect(TimeMark.text(of: "[12] Hill") == nil)
        #expect(!TimeMark.stand(in: ["a[0:10]", "[0:11] once", "not a talk", "nor this"]))
    }
}
