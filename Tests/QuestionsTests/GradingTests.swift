import Testing

@testable import Questions

@Suite("Grading")
struct GradingTests {
    private func grade(_ answer: String, _ key: TypedKey, stem: String = "") async throws -> Grade {
        try await CertainGrading(Equipment.resources()).grade(.text(answer), to: .typed(key), stem: stem)
    }

    @Test(
        "takes a term however it is written",
        arguments: [
            ("boiling point", GradeReason.exact), ("The Boiling Point.", .normalised), ("boiling points", .normalised),
            ("boiling-point", .normalised), ("boilingpoint", .normalised), ("  boiling point ", .exact),
            ("boilling point", .misspelt),
        ])
    func terms(_ answer: String, _ reason: GradeReason) async throws {
        let grade = try await grade(answer, TypedKey(accepted: ["boiling point", "b.p."], partly: ["point"]))
        #expect(grade == Grade(.right, share: 1, reason: reason))
    }

    @Test("gives half for a head without its modifier, and knows other names")
    func parts() async throws {
        let key = TypedKey(accepted: ["domain name system", "DNS"], partly: ["system"])
        #expect(try await grade("a system", key) == Grade(.partly, share: 0.5, reason: .part))
        #expect(try await grade("dns", key).verdict == .right)
        #expect(try await grade("", key) == Grade(.wrong, share: 0, reason: .empty))
        #expect(try await grade("?!", key) == Grade(.wrong, share: 0, reason: .empty))
    }

    @Test(
        "never takes another word for a misspelt one",
        arguments: [
            ("hypotonic", "hypertonic"), ("mitosis", "meiosis"), ("sulfate", "sulfite"), ("interphase", "intraphase"),
            ("methane", "ethane"),
            ("glucose", "glucase"), ("IPv4 address", "IPv6 address"), ("anode", "cathode"), ("endothermic", "exothermic"),
        ])
    func others(_ right: String, _ given: String) async throws {
        #expect(try await grade(given, TypedKey(accepted: [right])).verdict != .right)
    }

    static let leaves = "Because plants take the oxygen that they release from water and not from carbon dioxide"

    @Test(
        "never marks an answer right that denies, turns round or exchanges what the reference says",
        arguments: [
            (leaves, "Plants take the oxygen that they release from carbon dioxide and not from water"),
            ("It lowers the activation energy of the reaction", "It raises the activation energy of the reaction"),
            ("The heart pumps blood into the arteries", "The heart does not pump blood into the arteries"),
            ("Heat flows from the hot body to the cold body", "Heat flows from the cold body to the hot body"),
            ("Doubling the distance halves the field", "Doubling the distance doubles the field"),
            ("Transcription happens before translation", "Translation happens before transcription"),
            ("Energy is absorbed when ice melts", "Energy is released when ice melts"),
            ("Water moves into the cell by osmosis", "Water moves out of the cell by osmosis"),
            ("The client sends the first segment to the server", "The server sends the first segment to the client"),
            ("A lasting rise of the general price level", "A lasting fall of the general price level"),
            ("An enzyme that breaks down proteins", "An enzyme that does not break down proteins"),
            ("Because the table has no entry for the connection", "Because the table has an entry for the connection"),
        ])
    func conflicts(_ reference: String, _ answer: String) async throws {
        let key = TypedKey(accepted: [reference], isOpen: true)
        #expect(try await grade(answer, key, stem: "What happens?").verdict != .right)
        // The same words in their own order are.
        #expect(try await grade(reference.lowercased() + ".", key, stem: "What happens?").verdict == .right)
    }

    @Test(
        "takes the same said a little otherwise, and asks where it cannot know",
        arguments: [
            ("a piece of data that has a header saying where it comes from and where it goes", [Grade.Verdict.right, .ask]),
            ("data with header which says where it goes and comes from", [.right, .ask]), ("a chunk of information", [.ask]),
            ("it is a bird", [.wrong, .ask]),
        ])
    func open(_ answer: String, _ verdicts: [Grade.Verdict]) async throws {
        let key = TypedKey(
            accepted: ["A piece of data with a header that says where it comes from and where it goes"], isOpen: true)
        #expect(verdicts.contains(try await grade(answer, key, stem: "What is a packet?").verdict))
    }

    @Test(
        "takes numbers in any form and unit, within what was given",
        arguments: [
            ("1500 km", 1500.0, "km", Grade.Verdict.right), ("1,500", 1500, "km", .right), ("1.5e6 m", 1500, "km", .right),
            ("932 miles", 1500, "km", .right), ("1500 kg", 1500, "km", .wrong), ("1600 km", 1500, "km", .wrong),
            ("1500 parsnips", 1500, "km", .ask),
            ("212 °F", 100, "°C", .right), ("373.15 K", 100, "°C", .right), ("three", 3, "", .right), ("3.4", 3, "", .wrong),
            ("twenty-five", 25, "", .right), ("4.3 billion", 4.3e9, "", .right), ("-40", -40, "", .right),
            ("about 20 %", 20, "%", .right),
            ("1,5", 1.5, "", .right), ("no idea", 3, "", .ask), ("", 3, "", .wrong),
        ])
    func numbers(_ answer: String, _ value: Double, _ unit: String, _ verdict: Grade.Verdict) async throws {
        let key = NumberKey(value: value, unit: unit.isEmpty ? nil : unit, text: "\(value)")
        let grade = try await CertainGrading(Equipment.resources()).grade(.text(answer), to: .number(key), stem: "How much?")
        #expect(grade.verdict == verdict)
    }

    @Test("keeps to the year and to small counts exactly")
    func exactly() async throws {
        let grading = try CertainGrading(Equipment.resources())
        let year = QuestionContent.number(NumberKey(value: 1928, tolerance: 0, text: "1928"))
        #expect(try await grading.grade(.text("1929"), to: year, stem: "").verdict == .wrong)
        #expect(try await grading.grade(.text("1928"), to: year, stem: "").verdict == .right)
    }

    @Test("counts chosen options as Moodle does")
    func multipleResponse() async throws {
        let grading = try CertainGrading(Equipment.resources())
        let content = QuestionContent.choice(options: ["a", "b", "c", "d", "e"], right: [0, 1])
        func share(_ chosen: [Int]) async throws -> Double { try await grading.grade(.choice(chosen), to: content, stem: "").share }
        #expect(try await share([0, 1]) == 1)
        #expect(try await share([0]) == 0.5)
        #expect(abs(try await share([0, 1, 2]) - 2.0 / 3) < 1e-9)
        #expect(abs(try await share([0, 2]) - (0.5 - 1.0 / 3)) < 1e-9)
        #expect(try await share([0, 1, 2, 3, 4]) == 0)
        #expect(try await share([2, 3]) == 0)
        #expect(try await grading.grade(.choice([9]), to: content, stem: "").reason == .form)
    }

    @Test("gives parts for pairs, orders and lists")
    func several() async throws {
        let grading = try CertainGrading(Equipment.resources())
        let pairs = QuestionContent.matching(prompts: ["a", "b", "c"], answers: ["1", "2", "3"])
        #expect(try await grading.grade(.matches([0, 2, 1]), to: pairs, stem: "").share == 1.0 / 3)
        #expect(try await grading.grade(.matches([0, 1, 2]), to: pairs, stem: "").verdict == .right)
        #expect(try await grading.grade(.matches([nil, nil, nil]), to: pairs, stem: "").reason == .empty)
        let order = QuestionContent.ordering(["a", "b", "c", "d"])
        #expect(try await grading.grade(.order([3, 0, 1, 2]), to: order, stem: "").share == 2.0 / 3)
        #expect(try await grading.grade(.order([0, 0, 1, 2]), to: order, stem: "").reason == .form)
        let list = QuestionContent.typed(TypedKey(accepted: ["skeletal", "smooth", "cardiac"], isList: true))
        #expect(try await grading.grade(.text("cardiac, smooth and skeletal"), to: list, stem: "").verdict == .right)
        #expect(try await grading.grade(.text("smooth, cardiac"), to: list, stem: "").verdict == .partly)
        #expect(try await grading.grade(.text("smooth, cardiac, bony"), to: list, stem: "").verdict == .ask)
        #expect(try await grading.grade(.truth(true), to: list, stem: "").reason == .form)
        #expect(try await grading.grade(.nothing, to: list, stem: "").reason == .empty)
    }
}
