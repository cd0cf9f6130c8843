import Testing

@testable import Questions

@Suite("Questions from a text")
struct DraftingTests {
    @Test("ask what a thing is, with the sentence, its place and its page")
    func whatIs() async throws {
        let text = "Some notes.\n\nA packet is a piece of data with a header that says where it goes. A packet has a size."
        let questions = try await Equipment.drafts(text, headings: ["Networks", "Packets"]).questions
        let question = try #require(questions.first { $0.making == .whatIs })
        #expect(question.stem == "What is a packet?")
        #expect(
            question.content == .typed(TypedKey(accepted: ["A piece of data with a header that says where it goes"], isOpen: true)))
        #expect(question.tier == .standard && question.kind == .shortAnswer && question.topic == "packet")
        #expect(question.origin.page == 3 && question.origin.headings == ["Networks", "Packets"])
        let scalars = Array(text.unicodeScalars)
        var place = String.UnicodeScalarView()
        place.append(contentsOf: scalars[question.origin.range])
        #expect(String(place) == "A packet is a piece of data with a header that says where it goes.")
        #expect(question.explanation == question.origin.sentence)
    }

    @Test(
        "turn reasons into why",
        arguments: [
            (
                "Iron corrodes because it reacts with oxygen in moist air.", "Why does iron corrode?",
                "Because it reacts with oxygen in moist air"
            ),
            (
                "A server behind NAT cannot be reached from outside, because its table has no entry for a connection.",
                "Why can a server behind NAT not be reached from outside?", "Because its table has no entry for a connection"
            ),
            (
                "Arteries have thick walls because blood leaves the heart at high pressure.", "Why do arteries have thick walls?",
                "Because blood leaves the heart at high pressure"
            ),
        ])
    func why(_ sentence: String, _ stem: String, _ reason: String) async throws {
        let questions = try await Equipment.drafts(sentence, headings: ["Iron, NAT, arteries"]).questions
        let question = try #require(questions.first { $0.making == .why })
        #expect(question.stem == stem)
        #expect(question.content == .typed(TypedKey(accepted: [reason], isOpen: true)))
    }

    @Test("ask how a thing is called that the text describes, and never offer options for it")
    func called() async throws {
        let text =
            "The temperature at which a liquid turns into a gas is called the boiling point. The boiling point falls with height."
        let questions = try await Equipment.drafts(text, headings: ["Boiling point"]).questions
        let question = try #require(questions.first { $0.making == .called })
        #expect(question.stem == "What is the temperature at which a liquid turns into a gas called?")
        guard case .typed(let key) = question.content else { throw Unexpected() }
        #expect(key.accepted.first == "boiling point" && key.partly == ["point"])
    }

    @Test("match the terms of a list with their descriptions, and offer its terms for one of them")
    func lists() async throws {
        let questions = try await Equipment.drafts(Self.layers, headings: ["Layers"]).questions
        let matching = try #require(questions.first { $0.making == .matching })
        guard case .matching(let prompts, let answers) = matching.content else { throw Unexpected() }
        #expect(prompts == ["Link layer", "Internet layer", "Transport layer", "Application layer"])
        #expect(answers[1] == "it carries packets from network to network")
        #expect(!questions.contains { $0.making == .listItem }, "what is matched is not asked once more")
        let chosen = try await Equipment.drafts(
            Self.layers, headings: ["Layers"], wish: DraftWish(count: 9, kinds: [.multipleChoice])
        ).questions
        let item = try #require(chosen.first { $0.making == .listItem })
        guard case .choice(let options, let right) = item.content else { throw Unexpected() }
        #expect(Set(options) == Set(prompts) && right.count == 1)
        #expect(options[right[0]] == item.topic)
    }

    @Test("put the steps of a procedure in order, for who asks for that alone")
    func ordering() async throws {
        let text = """
            A resolver finds an address in these steps:

            1. It looks into its cache for the name.
            2. It asks a root server for the domain.
            3. It asks the domain's own server.
            """
        let (others, summary) = try await Equipment.drafts(text, headings: ["Names"])
        #expect(!others.contains { $0.making == .ordering } && summary.notes.contains(.onlyNamed))
        let questions = try await Equipment.drafts(text, headings: ["Names"], wish: DraftWish(count: 9, kinds: [.ordering]))
            .questions
        let question = try #require(questions.first { $0.making == .ordering })
        #expect(
            question.content
                == .ordering([
                    "It looks into its cache for the name.", "It asks a root server for the domain.",
                    "It asks the domain's own server.",
                ]))
    }

    @Test(
        "are not made from sentences that say nothing by themselves",
        arguments: [
            ("These proteins make the membrane a barrier to ions.", DropReason.dangling),
            ("It is a barrier that keeps most ions out.", .noVerb),
            ("But membranes keep most of the ions out of the cell.", .dangling),
            ("Cell membranes are thicker in plants.", .dangling),
            ("Figure 3 shows a cell membrane with its ion channels.", .reference),
            ("We call the cell membrane a selective barrier.", .person),
            ("Run ls --all to see every hidden cell membrane file.", .code),
            ("The author thanks all cell membrane experts for advice.", .aboutDocument),
            ("Cell membranes might keep most of the ions out of cells.", .uncertain),
            ("Membranes now keep most of the ions out of cells.", .time),
            ("Membranes keep ions out.", .length), ("What do cell membranes keep out of the cell?", .matter),
        ])
    func gates(_ sentence: String, _ reason: DropReason) async throws {
        let (questions, summary) = try await Equipment.drafts(sentence, headings: ["Cell membranes"])
        #expect(questions.isEmpty)
        #expect(summary.dropped[reason] == 1, "\(summary.dropped)")
    }

    @Test("are the same for the same seed, and only of the kinds that were wished for")
    func wishes() async throws {
        let wish = DraftWish(count: 2, kinds: [.multipleChoice], seed: 5)
        let once = try await Equipment.drafts(Self.layers, headings: ["Layers"], wish: wish).questions
        let again = try await Equipment.drafts(Self.layers, headings: ["Layers"], wish: wish).questions
        #expect(once == again && once.count == 2)
        #expect(once.allSatisfy { $0.kind == .multipleChoice })
        let known = try await Equipment.drafts(
            Self.layers, headings: ["Layers"], wish: DraftWish(count: 9, known: once.map(\.stem))
        ).questions
        #expect(Set(known.map(\.stem)).isDisjoint(with: once.map(\.stem)))
    }

    @Test("say what they leave out: another language, no text, more that is right less often")
    func notes() async throws {
        let german =
            "Eine Zelle ist die kleinste Einheit des Lebens, die sich selbst vermehren kann. Die Zelle hat eine Membran und einen Kern."
        #expect(try await Equipment.drafts(german).summary.notes.contains(.notEnglish))
        #expect(try await Equipment.drafts("").summary.notes.contains(.noText))
        let text = "A packet is a piece of data with a header that says where it goes. A packet carries at most 1500 bytes of data."
        let standard = try await Equipment.drafts(text, headings: ["Packets"], wish: DraftWish(count: 50)).summary
        #expect(standard.notes.contains(.exhausted) && standard.notes.contains(.moreAvailable))
    }

    @Test("are made of lists without a parser, and of another language")
    func withoutParser() async throws {
        let german = """
            - Kern: er enthält das Erbgut der Zelle
            - Membran: sie trennt innen von außen
            - Ribosom: hier werden Proteine gebaut
            """
        let (questions, summary) = try await Equipment.drafts(german, headings: ["Die Zelle"], resources: QuestionResources())
        #expect(questions.map(\.kind) == [.matching])
        #expect(summary.notes.contains(.noParser))
        #expect(TextDrafting(QuestionResources()).missing == [.parser, .wordnet, .frequencies, .vectors])
    }

    private struct Unexpected: Error {}

    static let layers = """
        A network is built in layers. There are four of them.

        - Link layer: it carries frames between neighbours, over a cable or by radio. Ethernet belongs here.
        - Internet layer: it carries packets from network to network. Its protocol is IP.
        - Transport layer: it carries data from one program to another, by means of ports.
        - Application layer: it says what the data mean. DNS belongs here.
        """
}
