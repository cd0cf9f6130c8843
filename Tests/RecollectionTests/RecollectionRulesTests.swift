import Recollection
import Testing

@Suite struct RecollectionRulesTests {
    private func found(_ text: String) -> [Recollected] { RecollectionRules.reading(of: text).found }

    @Test("What leads in is left out of a memory, and its words stay the student's")
    func words() {
        #expect(found("Hi, by the way my name is Lena.").map(\.text) == ["My name is Lena"])
        #expect(found("Could you please always answer in German?").map(\.text) == ["Always answer in German"])
    }

    @Test(
        "A message that tells and asks is not only told",
        arguments: [
            ("I'm studying nursing.", true), ("I'm studying nursing, what should I read first?", false),
            ("Keep your answers short, please.", true),
            ("My name is Lena. What is osmosis?", false), ("What is osmosis?", false),
        ])
    func whole(_ text: String, _ isWhole: Bool) {
        #expect(RecollectionRules.reading(of: text).isWhole == isWhole)
    }

    @Test(
        "Secrets, ways to reach somebody, illnesses and other people are not taken down",
        arguments: [
            "I want to pass the exam, my password is hunter2", "My name is Lena, lena@example.org", "I'm a student with epilepsy.",
            "I am a student and my sister is a nurse",
            "I want to kill myself", "I'm a student, my number is 0664 123 4567",
        ])
    func never(_ text: String) {
        #expect(found(text).isEmpty)
    }

    @Test("Words of medicine are no illness where they are what is studied")
    func medicine() {
        #expect(found("I'm struggling with infectious diseases.").map(\.kind) == [.weakTopic])
    }

    @Test("A text that is pasted in is nobody's memory")
    func pasted() {
        #expect(found(String(repeating: "I am a student. ", count: 200)).isEmpty)
    }

    @Test(
        "Two utterances of the same thing are one memory, another date or wish takes its place",
        arguments: [
            ("Keep your answers short", "Please always be brief", 0.5, MemoryLikeness.same),
            ("Keep your answers short", "Please always give me longer answers", 0.7, .contradicts),
            ("I don't like long answers", "Keep your answers short", 0.6, .same),
            ("I have my biology exam on 12 June", "I have my biology exam on 19 June", 0.97, .contradicts),
            ("My name is Lena", "My name is Lea", 0.8, .contradicts),
            ("I'm struggling with glycolysis", "I don't understand glycolysis", 0.8, .same),
            ("I'm struggling with glycolysis", "I'm struggling with meiosis", 0.6, .different),
            ("I study law", "I work at a bakery", 0.2, .different),
        ])
    func likeness(_ older: String, _ newer: String, _ cosine: Double, _ expected: MemoryLikeness) throws {
        let (a, b) = (try #require(found(older).first), try #require(found(newer).first))
        #expect(MemoryLikeness.of(b, a, cosine: cosine) == expected)
    }

    @Test("The latest wish about length holds")
    func style() {
        let short = (text: "I don't like long answers", slot: Optional(Recollected.lengthSlot))
        let long = (text: "Give me longer answers in future", slot: Optional(Recollected.lengthSlot))
        #expect(AnswerStyle(wishes: [short, long]).length == .short)
        #expect(AnswerStyle(wishes: [long, short]).length == .long)
        #expect(AnswerStyle(wishes: []) == AnswerStyle())
    }

    @Test("What is nearer matters more, of equals the newer; what has nothing to do with a question does not count")
    func rank() throws {
        func score(_ cosine: Double, _ days: Double, pinned: Bool = false) -> Double? {
            MemoryRank.score(cosine: cosine, kind: .fact, days: days, confidence: 0.8, isPinned: pinned)
        }
        #expect(try #require(score(0.7, 300)) > (try #require(score(0.4, 0))))
        #expect(try #require(score(0.4, 1)) > (try #require(score(0.4, 100))))
        #expect(score(0.1, 0) == nil)
        #expect(score(0.15, 0, pinned: true) != nil)
    }
}
