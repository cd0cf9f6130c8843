import Testing

@testable import Questions

@Suite("Questions from a glossary")
struct GlossaryTests {
    @Test("offer options that are all of one kind")
    func oneKind() async throws {
        let questions = try await questions(of: Self.fallacies + "\n\n" + Self.mixed, kinds: [.multipleChoice])
        #expect(!questions.isEmpty)
        for question in questions {
            guard case .choice(let options, let right) = question.content else { throw Unexpected() }
            #expect(Set(options).count == 4 && options[right[0]] == question.topic)
            // `induction` is another word for a generalization: among options it would tell.
            #expect(question.topic != "hasty generalization" && !options.contains { Self.mixed.contains($0) })
        }
    }

    @Test("are typed where what is beside a term is of other kinds")
    func typed() async throws {
        let questions = try await questions(of: Self.mixed)
        #expect(!questions.contains { $0.kind == .multipleChoice || $0.kind == .matching })
        let question = try #require(questions.first { $0.topic == "gridlock" })
        #expect(question.stem == "Which term is described? “A stalemate between parties that keeps laws from being passed” (g…)")
        #expect(question.content == .typed(TypedKey(accepted: ["gridlock"])))
        // Another name in brackets is right too, and is no part of what is shown.
        let offering = try #require(questions.first { $0.topic == "initial public offering" })
        guard case .typed(let key) = offering.content else { throw Unexpected() }
        #expect(key.accepted == ["initial public offering", "IPO"])
        // Other words fit many descriptions as well.
        #expect(offering.stem.hasSuffix("” (i… p… o…)"))
    }

    @Test("take no remark on a term for another name of it")
    func remarks() async throws {
        let item = TextListItem(
            term: "schema (plural = schemata)", description: "a mental frame that sorts what is perceived", range: 0..<1, text: "")
        let entry = ListEntry(item, isGlossary: true, parser: nil, wordnet: nil)
        #expect(entry?.term == "schema" && entry?.aliases.isEmpty == true)
    }

    @Test("ask for the meaning where the description gives the term away")
    func meaning() async throws {
        let questions = try await questions(of: Self.mixed)
        let question = try #require(questions.first { $0.topic == "bioarchaeology" })
        #expect(question.stem == "What does “bioarchaeology” mean?")
        #expect(
            question.content
                == .typed(TypedKey(accepted: ["The study of bones and other remains found in archaeological sites"], isOpen: true)))
    }

    @Test(
        "leave out what describes nothing by itself",
        arguments: [
            "polyandry: is the marriage of one wife and more than one husband",
            "cumulation: the term applies to an ordered set of values",
            "isomorphous: possessing the same crystalline structure", "consent: a subject must know of the risks of a study",
            "treatment: these are the values of the variable above", "descent: people who share an ancestor across generations",
        ])
    func leftOut(_ entry: String) async throws {
        #expect(try await questions(of: entry).isEmpty)
    }

    @Test("leave what sentences define to a whole glossary")
    func glossaryAlone() async throws {
        let text =
            "A packet is a piece of data with a header that says where it goes. A packet has a size. Every packet is sent. A packet is small."
        let beside = try await Equipment.drafts(
            text, headings: ["Networks", "Packets"], glossary: Self.fallacies + "\n\n" + Self.mixed
        ).questions
        #expect(beside.contains { $0.topic == "gridlock" } && !beside.contains { $0.stem == "What is a packet?" })
        let few = try await Equipment.drafts(text, headings: ["Networks", "Packets"], glossary: Self.mixed).questions
        #expect(few.contains { $0.topic == "gridlock" } && few.contains { $0.stem == "What is a packet?" })
    }

    @Test(
        "ask nothing of descriptions that say too little, say the term again, or are cut off",
        arguments: [
            "oligopoly: ownership by few", "foundation: a principle or assumption on which a position is founded",
            "hypergeometric probability: a variable that is marked by: a fixed number of trials",
            "evaluate: the stage in which a final solution is looked at again",
        ])
    func poor(_ entry: String) async throws {
        #expect(try await !questions(of: Self.mixed + "\n\n" + entry).contains { entry.hasPrefix($0.topic) })
    }

    @Test("ask for each fact once, and print in no question what another asks for")
    func once() async throws {
        let questions = try await questions(of: Self.fallacies + "\n\n" + Self.mixed)
        var terms: [String] = []
        for question in questions {
            if case .matching(let prompts, _) = question.content { terms += prompts } else { terms.append(question.topic) }
        }
        #expect(!terms.isEmpty && Set(terms).count == terms.count)
        for question in questions {
            guard case .typed(let key) = question.content, !key.isOpen else { continue }
            #expect(!questions.contains { $0.stem.lowercased().contains(key.accepted[0].lowercased()) }, "\(key.accepted[0])")
        }
    }

    @Test("exchange meanings for a false statement only within a kind")
    func truths() async throws {
        let questions = try await questions(of: Self.fallacies + "\n\n" + Self.mixed, kinds: [.trueFalse])
        #expect(questions.contains { $0.making == .exchangedDefinition } && questions.contains { $0.making == .statedTrue })
        for question in questions {
            #expect(question.content == .truth(question.making == .statedTrue))
            #expect(question.stem.contains("fallacy"), "\(question.stem)")
        }
    }

    @Test("are not made below headings that set tasks")
    func review() async throws {
        let text =
            "- Membrane: a thin layer that surrounds a cell\n- Nucleus: a region that holds the genes of a cell\n"
            + "- Ribosome: a small particle that builds proteins from parts"
        #expect(try await Equipment.drafts(text, headings: ["Cells", "Review Questions"]).questions.isEmpty)
        #expect(try await !Equipment.drafts(text, headings: ["Cells", "Key Terms"]).questions.isEmpty)
    }

    @Test(
        "see what gives a term away",
        arguments: [
            ("botulinum", "a deadly form of food poisoning, botulism"), ("microtubules", "a fiber that tubulin dimers form"),
            ("stratigraphy", "the study of stratified rocks"), ("sociocultural construction", "what social criteria define"),
            ("triple point", "where three phases are in equilibrium"), ("moieties", "the halves of a tribe"),
            ("deskilling", "steps that unskilled workers perform"), ("fictive kin", "a tie like kinship"),
            ("PEST", "a framework of political, economic, social, and technological factors"),
            ("postmodernity", "a shift that comes with postindustrialism"),
        ])
    func givesAway(_ term: String, _ text: String) { #expect(GiveAway.names(text, term)) }

    @Test(
        "see nothing given away by endings that many words have",
        arguments: [
            ("polarization", "the organization of charges"), ("viscosity", "a measure of resistance to flow"),
            ("condensation", "a change from a gas to a liquid"), ("biology", "what two sciences study"),
        ])
    func givesNothingAway(_ term: String, _ text: String) { #expect(!GiveAway.names(text, term)) }

    private struct Unexpected: Error {}

    private func questions(of entries: String, kinds: Set<QuestionKind>? = nil) async throws -> [DraftQuestion] {
        try await Equipment.drafts(
            entries, headings: ["Logic", "Key Terms"], wish: DraftWish(count: 50, kinds: kinds, tier: .more)
        ).questions
    }

    private static let fallacies = """
        hasty generalization: a fallacy of weak induction in which a sample too small leads to a claim

        red herring: a fallacy of diversion that leads an audience away to another matter

        begging the question: a fallacy that takes for granted what is to be shown

        false dichotomy: a fallacy in which few possibilities are taken to be the only ones

        strawman: a fallacy of diversion that attacks a weaker claim than was made
        """

    private static let mixed = """
        gridlock: a stalemate between parties that keeps laws from being passed

        prime minister: the person who leads a cabinet and answers to lawmakers

        viscosity: measure of how much a liquid resists its flow

        initial public offering (IPO): first sale of shares of a company on a market

        bioarchaeology: the study of bones and other remains found in archaeological sites
        """
}
