import Embedding
import FoundationEssentials
@testable import LanguageModels

/// Passages as they come out of textbooks, noise included, for the tutor to answer from.
enum Course {
    static let passages: [(title: String, section: String, text: String)] = [
        (
            "Cell Biology", "Membranes › Osmosis",
            """
            Osmosis
            Osmosis is the net movement of water molecules across a selectively permeable mem-
            brane from a region of lower solute concentration to a region of higher solute concentration.
            It requires no energy from the cell. Because the membrane lets water through but holds
            back the solute, water moves until the concentrations on both sides are equal or the
            pressure stops it.[3] The pressure that would just stop the flow is called the osmotic pressure.

            Figure 4. A U-tube with a membrane between pure water and a sugar solution.

            A plant cell placed in pure water swells until its wall resists; the cell is then turgid. An animal
            cell has no wall, so it bursts. In a strong salt solution both shrink.
            """
        ),
        (
            "Cell Biology", "Membranes › Active transport",
            """
            Active transport moves substances against their concentration gradient, from low to high
            concentration. It uses energy, usually in the form of ATP. The sodium-potassium pump, for example, moves
            three sodium ions out of the cell and two potassium ions in for each ATP that it splits. In contrast to
            diffusion, active transport needs carrier proteins that change their shape. About a third of the energy of a
            resting person is spent on this pump.
            """
        ),
        (
            "Cell Biology", "Cell division › Mitosis",
            """
            Mitosis is the division of a nucleus into two nuclei with the same chromosomes. It produces two
            genetically identical daughter cells and serves growth and repair. Mitosis has four stages:
            • Prophase: the chromosomes condense and the spindle forms.
            • Metaphase: the chromosomes line up at the middle of the cell.
            • Anaphase: the sister chromatids are pulled apart to opposite poles.
            • Telophase: two nuclear membranes form around the separated chromosomes.

            The cell itself divides afterwards, in cytokinesis.
            """
        ),
        (
            "Cell Biology", "Cell division › Meiosis",
            """
            Meiosis is a kind of cell division that halves the number of chromosomes. It takes place only in the
            organs that make sex cells. Two divisions follow each other, and four cells arise that are genetically
            different from one another. Whereas mitosis keeps the number of chromosomes at 46 in humans, meiosis reduces it to 23.
            The differences arise because the chromosomes of a pair exchange parts, which is called crossing over.
            """
        ),
        (
            "Plant Physiology", "Photosynthesis",
            """
            Photosynthesis converts light energy into chemical energy stored in glucose. It takes place in the
            chloroplasts of green plants and algae. In the light reactions, chlorophyll absorbs light, water is split and
            oxygen is released; ATP and NADPH are formed. In the Calvin cycle, which needs no light itself, carbon dioxide is
            fixed by the enzyme RuBisCO and turned into sugar with the help of that ATP and NADPH.

            Leaves look green because chlorophyll absorbs red and blue light and reflects green light.

            Explain how the light reactions and the Calvin cycle depend on each other.
            """
        ),
        (
            "Plant Physiology", "Transpiration",
            """
            Transpiration is the loss of water vapour from leaves through small pores called stomata. It pulls water
            up from the roots, because water molecules cling to each other and form an unbroken column. The rate of transpiration
            rises with temperature, wind and light, and falls with humidity. A large oak can lose 150 litres of water on a hot day.
            """
        ),
        (
            "Networks", "Transport layer › TCP",
            """
            TCP is a connection-oriented protocol that delivers a stream of bytes reliably and in order. A connection
            is opened by a three-way handshake: the client sends SYN, the server answers with SYN-ACK, and the client
            confirms with ACK. Lost segments are noticed by missing acknowledgements and sent again. The receiver limits the sender
            by its window, which is called flow control. Congestion control reduces the rate when packets are lost.
            """
        ),
        (
            "Networks", "Transport layer › UDP",
            """
            UDP is a connectionless protocol. It sends single datagrams without a handshake, without acknowledgements and
            without any guarantee of order. Its header has only 8 bytes. UDP is used for video calls, games and DNS, where a late
            packet is worth less than none. Unlike TCP, UDP leaves reliability to the application.

            [7] J. Postel, User Datagram Protocol, RFC 768, Proceedings of the IETF, vol. 1, pp. 1-3, 1980.
            """
        ),
        (
            "Modern History", "The Weimar Republic",
            """
            The Weimar Republic was the German state from 1918 to 1933. It was proclaimed on 9 November 1918 by
            Philipp Scheidemann. Its constitution was adopted in the city of Weimar in August 1919. In 1923 hyperinflation
            destroyed the savings of the middle class: in November a dollar cost 4.2 trillion marks. The inflation had been caused
            by printing money to pay for the passive resistance in the occupied Ruhr. Gustav Stresemann ended it by introducing a new
            currency, the Rentenmark.
            """
        ),
        (
            "Modern History", "The end of the Republic",
            """
            The Great Depression reached Germany in 1929. By 1932 six million people were unemployed. Parties at both
            extremes gained votes, and governments ruled by emergency decrees of the President. Hitler was appointed
            Chancellor by President Hindenburg on 30 January 1933. The Enabling Act of March 1933 ended parliamentary rule.
            """
        ),
        (
            "Economics", "Markets › Elasticity",
            """
            Price elasticity of demand measures how strongly the quantity demanded reacts to a change in price. It is
            calculated as the percentage change in quantity divided by the percentage change in price. Demand is elastic if
            the value is greater than one, and inelastic if it is less than one. Goods with close substitutes tend to have elastic
            demand, since buyers can switch easily. Necessities such as bread or insulin have inelastic demand.
            """
        ),
        (
            "Economics", "Markets › Monopoly",
            """
            A monopoly is a market with a single seller. It can set its price above marginal cost, so that less is
            sold than under competition and welfare is lost. Monopolies arise from three main sources: control of a key
            resource, government licences such as patents, and economies of scale.
            The advantages of a monopoly include steady funds for research and lower unit costs. Its disadvantages are
            high prices, little choice and weak pressure to improve.
            """
        ),
    ]

    /// Question, and texts of which the answer must hold every one; alternatives are separated by `|`.
    static let answerable: [(question: String, holds: [String])] = [
        ("What is osmosis?", ["net movement of water"]),
        ("Define osmotic pressure", ["pressure that would just stop the flow"]),
        ("Does osmosis need energy?", ["no energy"]),
        ("What happens to an animal cell in pure water?", ["bursts"]),
        ("Why does a plant cell not burst in pure water?", ["wall resists"]),
        ("How many sodium ions does the sodium-potassium pump move?", ["three sodium ions"]),
        ("What are the stages of mitosis?", ["Prophase", "Metaphase", "Anaphase", "Telophase"]),
        ("What happens during anaphase?", ["pulled apart"]),
        ("What is the difference between mitosis and meiosis?", ["identical|46", "23|halves|different"]),
        ("Where does photosynthesis take place?", ["chloroplasts"]),
        ("Why do leaves look green?", ["reflects green light"]),
        ("What happens in the Calvin cycle?", ["carbon dioxide"]),
        ("Which enzyme fixes carbon dioxide?", ["RuBisCO"]),
        ("What is transpiration?", ["loss of water vapour"]),
        ("How much water can an oak lose on a hot day?", ["150 litres"]),
        ("What factors increase the rate of transpiration?", ["temperature, wind and light"]),
        ("How is a TCP connection opened?", ["three-way handshake"]),
        ("What is flow control?", ["window"]),
        ("Compare TCP and UDP", ["connection-oriented|reliably", "connectionless|Unlike TCP"]),
        ("How large is the UDP header?", ["8 bytes"]),
        ("When was the Weimar Republic proclaimed?", ["9 November 1918"]),
        ("Who proclaimed the Weimar Republic?", ["Scheidemann"]),
        ("What caused the hyperinflation of 1923?", ["printing money"]),
        ("Who ended the hyperinflation?", ["Stresemann"]),
        ("When did Hitler become Chancellor?", ["30 January 1933"]),
        ("What is price elasticity of demand?", ["how strongly the quantity"]),
        ("Why do goods with close substitutes have elastic demand?", ["switch easily"]),
        ("What are the disadvantages of a monopoly?", ["high prices"]),
        ("How do monopolies arise?", ["three main sources"]),
        ("What does active transport use as its energy source?", ["ATP"]),
    ]

    static let unanswerable: [String] = [
        "What is the capital of France?", "Who won the football world cup in 2014?", "What is the derivative of sine?",
        "How does a nuclear reactor work?", "Who discovered penicillin?", "What is the structure of a benzene ring?",
        "When did the French Revolution begin?", "What is Keynesian multiplier theory?", "How does HTTP/3 use QUIC streams?",
        "What is the boiling point of ethanol?", "Who painted the Mona Lisa?", "What are the symptoms of malaria?",
        "What did Bismarck say about socialism?", "How many planets does the solar system have?",
        "What is the role of mitochondria in apoptosis?", "Explain the Heisenberg uncertainty principle",
        "What is the recipe for pancakes?", "How does the TLS certificate chain work?", "What is recursion in programming?",
        "Why did the Roman Empire fall?",
    ]

    /// The passages as retrieval would give them: the nearest first.
    static func prompt(_ question: String, embedder: any TextEmbedder, limit: Int = 8) async throws -> AnswerPrompt {
        let vectors = try await embedder.embed([question] + passages.map { $0.section + "\n" + $0.text })
        func cosine(_ index: Int) -> Float { zip(vectors[0], vectors[index + 1]).reduce(0) { $0 + $1.0 * $1.1 } }
        let asked = Set(Words.contentStems(of: question))
        // As the search joins meaning and words.
        func score(_ index: Int) -> Double {
            let stems = Set(Words.stems(of: passages[index].section + " " + passages[index].text))
            return 0.65 * Double(cosine(index)) + 0.35 * Double(asked.intersection(stems).count) / Double(max(1, asked.count))
        }
        let ranked = passages.indices.sorted { score($0) > score($1) }.prefix(limit)
        return AnswerPrompt(
            question: question,
            passages: ranked.enumerated().map { number, index in
                let passage = passages[index]
                return SourcePassage(
                    number: number + 1, title: passage.title, section: passage.section, page: index + 1, text: passage.text,
                    score: score(index))
            })
    }

    /// The model at the package's root, or where `LM_MODEL_DIR` says.
    static let embedder: Result<MiniLMEmbedder, any Error> = Result {
        let folder =
            ProcessInfo.processInfo.environment["LM_MODEL_DIR"]
            ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".models/all-MiniLM-L6-v2").path
        return try MiniLMEmbedder(directory: folder, workers: 1)
    }
}
