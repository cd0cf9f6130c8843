import Ambient
import Questions

/// How a question is shown: its options with ids that tell nothing, in an order that is always the same for this question.
///
/// The options of a choice stand as they are kept; what is to be ordered or matched is shuffled by the question's id.
struct QuestionForm: Sendable, Hashable {
    struct Option: Sendable, Hashable {
        var id: String
        var text: String
    }

    /// What can be chosen: of a choice, of what is true or false, of what is to be ordered, or matched with the prompts.
    var options: [Option] = []
    /// What each needs one of the options.
    var prompts: [Option] = []
    /// How many gaps the stem has.
    var gaps = 0
    /// The place in the content of each option that is shown.
    var places: [Int] = []
    private let content: QuestionContent
    /// Whether any number of options may be chosen.
    private let isMultiple: Bool

    init(_ question: QuizQuestion) {
        self.init(question.kind, question.content, seed: Self.seed(question.id))
    }

    init(_ kind: QuestionKind, _ content: QuestionContent, seed: UInt64) {
        self.content = content
        isMultiple = kind == .multipleResponse
        switch content {
        case .choice(let texts, _): show(texts, at: Array(texts.indices))
        case .truth: options = [Option(id: "true", text: "True"), Option(id: "false", text: "False")]
        case .typed, .number: break
        case .gaps(let keys): gaps = keys.count
        case .matching(let prompts, let answers):
            self.prompts = prompts.enumerated().map { Option(id: String($0.offset + 1), text: $0.element) }
            show(answers, at: Self.shuffled(answers.count, seed))
        case .ordering(let items): show(items, at: Self.shuffled(items.count, seed))
        }
    }

    private mutating func show(_ texts: [String], at places: [Int]) {
        self.places = places
        options = places.enumerated().map { Option(id: Self.letter($0.offset), text: texts[$0.element]) }
    }

    /// `a` … `z`, then `a1` ….
    static func letter(_ index: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(97 + index % 26)))
        return index < 26 ? letter : letter + String(index / 26)
    }

    // MARK: - What is right

    /// The ids of the right options, the right texts: as an answer is sent.
    var right: QuizAnswer {
        switch content {
        case .choice(_, let right):
            isMultiple ? .list(right.map(Self.letter)) : .text(right.first.map(Self.letter) ?? "")
        case .truth(let isTrue): .text(isTrue ? "true" : "false")
        case .typed(let key): key.isList ? .list(key.accepted) : .text(key.accepted.first ?? "")
        case .gaps(let keys): .list(keys.map { $0.accepted.first ?? "" })
        case .matching(let prompts, _): .map(Dictionary(uniqueKeysWithValues: prompts.indices.map { (String($0 + 1), id(of: $0)) }))
        case .ordering(let items): .list(items.indices.map(id))
        case .number(let key): .text(key.text)
        }
    }

    /// The same in words.
    var rightText: String {
        switch content {
        case .choice(let texts, let right): right.map { texts[$0] }.joined(separator: "; ")
        case .truth(let isTrue): isTrue ? "True" : "False"
        case .typed(let key): key.isList ? key.accepted.joined(separator: "; ") : key.accepted.first ?? ""
        case .gaps(let keys): keys.map { $0.accepted.first ?? "" }.joined(separator: "; ")
        case .matching(let prompts, let answers): zip(prompts, answers).map { "\($0) – \($1)" }.joined(separator: "; ")
        case .ordering(let items): items.joined(separator: "; ")
        case .number(let key): key.text
        }
    }

    /// The id of the option that shows a place of the content.
    private func id(of place: Int) -> String { places.firstIndex(of: place).map(Self.letter) ?? "" }

    // MARK: - What is answered

    /// An answer as the grader takes it; nil if it is of another form than the question.
    func given(_ answer: QuizAnswer?) -> GivenAnswer? {
        guard let answer, !answer.isEmpty else { return .nothing }
        switch content {
        case .choice:
            let chosen = answer.texts.map(place)
            guard chosen.allSatisfy({ $0 != nil }), isMultiple || chosen.count == 1 else { return nil }
            return .choice(Set(chosen.compactMap(\.self)).sorted())
        case .truth:
            switch answer.texts.first?.lowercased() {
            case "true", "t", "yes", "a": return .truth(true)
            case "false", "f", "no", "b": return .truth(false)
            default: return nil
            }
        case .typed, .number: return .text(answer.texts.joined(separator: "; "))
        case .gaps(let keys):
            if case .map(let fields) = answer { return .texts(keys.indices.map { fields[String($0 + 1)] ?? "" }) }
            let texts = answer.texts
            guard texts.count <= keys.count else { return nil }
            return .texts(texts + Array(repeating: "", count: keys.count - texts.count))
        case .matching(let prompts, _):
            switch answer {
            case .map(let fields): return .matches(prompts.indices.map { fields[String($0 + 1)].flatMap(place) })
            case .list(let list) where list.count == prompts.count: return .matches(list.map(place))
            default: return nil
            }
        case .ordering(let items):
            let order = answer.texts.compactMap(place)
            guard Set(order) == Set(items.indices), order.count == items.count else { return nil }
            return .order(order)
        }
    }

    /// The place in the content that an option's id, or its text, stands for.
    private func place(_ text: String) -> Int? {
        let wanted = text.lowercased()
        let found = options.firstIndex { $0.id == wanted } ?? options.firstIndex { $0.text.lowercased() == wanted }
        return found.map { places[$0] }
    }

    // MARK: - Shuffling

    private static func seed(_ id: QuizQuestionID) -> UInt64 {
        id.description.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// The places of `count` items in an order that is not their own, where there are two or more.
    static func shuffled(_ count: Int, _ seed: UInt64) -> [Int] {
        var (places, state) = (Array(0..<count), seed)
        guard count > 1 else { return places }
        for index in stride(from: count - 1, to: 0, by: -1) {
            state = state &+ 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            places.swapAt(index, Int((mixed ^ (mixed >> 31)) % UInt64(index + 1)))
        }
        return places == Array(0..<count) ? Array(places[1...]) + [places[0]] : places
    }
}
