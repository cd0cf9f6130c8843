@testable import LanguageModels
import Testing

struct SentenceSplitterTests {
    static let cases: [(String, [String])] = [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Smith e.g. uses Fig. 3 here. Next one.", ["Dr. Smith e.g. uses Fig. 3 here.", "Next one."]),
        ("It was 3.14 units. J. D. Watson et al. found it.", ["It was 3.14 units.", "J. D. Watson et al. found it."]),
        ("The cell mem-\nbrane is thin.\nIt is well-\nknown.", ["The cell membrane is thin.", "It is well-known."]),
        ("Wrapped at\nthe margin\nof the page. Next.", ["Wrapped at the margin of the page.", "Next."]),
        ("Stages:\n• First stage\n• Second stage\n\nAfter.", ["Stages:", "First stage", "Second stage", "After."]),
        ("1. Alpha is first.\n2. Beta is second.", ["Alpha is first.", "Beta is second."]),
        (
            "Membranes\nThe membrane is a thin layer that surrounds every living cell of the body.",
            [
                "Membranes", "The membrane is a thin layer that surrounds every living cell of the body.",
            ]
        ),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
        ("Water moves.[12] Salt stays [3]. Done.", ["Water moves.[12]", "Salt stays [3].", "Done."]),
        ("Contains vitamin C. The rest is water.", ["Contains vitamin C.", "The rest is water."]),
        (
            "They followed James G. Blaine of Maine. Others did not.",
            ["They followed James G. Blaine of Maine.", "Others did not."]
        ),
        ("It was sorted into Group B. The rest stayed.", ["It was sorted into Group B.", "The rest stayed."]),
        ("the pH is 7. 20 of them failed.", ["the pH is 7.", "20 of them failed."]),
        ("See no. 5 for it. He said no. Then left.", ["See no. 5 for it.", "He said no.", "Then left."]),
        ("光合作用很重要。它产生氧气。", ["光合作用很重要。", "它产生氧气。"]),
        ("", []), (" \n\n ", []),
    ]

    @Test("Text falls into its sentences", arguments: cases)
    func split(text: String, expected: [String]) {
        let found = SentenceSplitter.sentences(in: text)
        #expect(found.map(\.text) == expected)
        let scalars = Array(text.unicodeScalars)
        var end = 0
        for sentence in found {
            #expect(sentence.range.lowerBound >= end && sentence.range.upperBound <= scalars.count)
            end = sentence.range.upperBound
        }
    }

    @Test("List items and paragraphs are told apart")
    func structure() {
        let found = SentenceSplitter.sentences(in: "Intro here:\n- one thing\n- another\n\nEnd of it. Really.")
        #expect(found.map(\.isListItem) == [false, true, true, false, false])
        #expect(found[3].paragraph == found[4].paragraph && found[2].paragraph != found[3].paragraph)
    }

    @Test(
        "Words meet their forms",
        arguments: [
            ("diffuses", "diffusion", true), ("cells", "cell", true), ("photosynthesis", "photosynthetic", true),
            ("running", "run", true), ("bodies", "body", true), ("mitosis", "meiosis", false), ("university", "universal", false),
            ("glass", "glasses", true), ("moved", "move", true),
        ])
    func stems(a: String, b: String, same: Bool) { #expect(Words.match(Words.stem(a), Words.stem(b)) == same) }

    @Test(
        "Questions say what they want",
        arguments: [
            ("What is osmosis?", Question.Kind.definition), ("Define entropy", .definition), ("Why do leaves turn yellow?", .why),
            ("How does a neuron fire?", .how), ("How many chromosomes do humans have?", .quantity),
            ("When was the treaty signed?", .when), ("Who discovered penicillin?", .who), ("Where is DNA found?", .whereabouts),
            ("What are the stages of mitosis?", .list), ("List the layers of the skin", .list),
            ("What is the difference between mitosis and meiosis?", .compare), ("Compare TCP and UDP", .compare),
            ("In which year did it begin?", .when), ("Was ist Osmose?", .definition),
        ])
    func kinds(text: String, kind: Question.Kind) { #expect(Question(text).kind == kind) }

    @Test("Comparisons have two sides")
    func sides() {
        #expect(Question("What is the difference between mitosis and meiosis?").subjects == [["mitosis"], ["meiosis"]])
        #expect(Question("How does TCP differ from UDP?").subjects == [["tcp"], ["udp"]])
    }
}
