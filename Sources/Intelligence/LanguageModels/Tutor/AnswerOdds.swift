/// How likely the sources hold an answer, by a logistic regression. Decision 46 says what it was fitted to.
enum AnswerOdds {
    struct Weights: Sendable {
        var place: Double
        var unit: Double
        var sentence: Double
        var share: Double
        var passage: Double
        var lacksName: Double
        /// A number, a time or a name is asked for: often what no source says, however near it comes.
        var asksForFact: Double
        /// What a section tells step by step, and why, is told in other words than it is asked in.
        var asksHow: Double
        var asksWhy: Double
        var start: Double
    }

    static let english = Weights(
        place: 3.55, unit: 3.65, sentence: 6.4, share: 0, passage: 2.85, lacksName: -1.15, asksForFact: -1.8, asksHow: -1.2,
        asksWhy: 1, start: -6.2)
    /// The embedder knows these languages little: it finds names and words that English has too.
    static let foreign = Weights(
        place: 0, unit: 0, sentence: 4.4, share: 4.1, passage: 0, lacksName: 0, asksForFact: -1.8, asksHow: 0, asksWhy: 0,
        start: -2.7)
    /// What stands for the search's score where nothing was searched: half way between the medians of questions that are answered and
    /// of others.
    private static let usual = 0.4

    /// The logarithm of the odds.
    static func odds(_ evidence: AnswerEvidence, _ question: Question) -> Double {
        let weights = question.isForeign ? foreign : english
        var sum = weights.start + weights.place * (evidence.place ?? usual)
        sum += weights.unit * evidence.unit + weights.sentence * evidence.sentence
        sum += weights.share * evidence.share + weights.passage * evidence.passage
        if evidence.lacksName { sum += weights.lacksName }
        switch question.kind {
        case .quantity, .when, .who: sum += weights.asksForFact
        case .how: sum += weights.asksHow
        case .why: sum += weights.asksWhy
        default: break
        }
        return sum
    }
}
