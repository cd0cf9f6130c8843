package import Failures

/// What Cards refuses.
package struct CardsFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    package static let noDeck = CardsFailure(.notFound, "There is no such deck.")
    /// A deck that a body names.
    package static let unknownDeck = CardsFailure(
        .unprocessable, "There is no such deck.", details: ["deck_id": "is none of your decks"])
    package static let noCard = CardsFailure(.notFound, "There is no such card.")
    /// A card that a body names.
    package static let unknownCard = CardsFailure(
        .unprocessable, "There is no such card.", details: ["card_id": "is none of your cards"])
    package static let noReview = CardsFailure(.notFound, "There is no such review.")
    package static let otherReview = CardsFailure(
        .conflict, "A review of another card has this id already.", details: ["id": "is taken"])
    static let unknownCourse = CardsFailure(
        .unprocessable, "There is no such course.", details: ["course_id": "is none of your courses"])
    static let noFile = CardsFailure(.badRequest, "The form has no file.", details: ["file": "must be there"])
    static let emptyFile = CardsFailure(.unprocessable, "The file is empty.", details: ["file": "is empty"])
    static let notText = CardsFailure(.unprocessable, "The file is no text in UTF-8.", details: ["file": "is no text"])
    static let unknownForm = CardsFailure(
        .unsupportedMediaType, "Cards are read from .apkg, .colpkg, .csv, .md, .txt and .tsv.",
        details: ["file": "has another ending"])
    static let damagedPackage = CardsFailure(
        .unprocessable, "The file is no package of Anki's, or it is damaged.", details: ["file": "cannot be read"])
    static let largePackage = CardsFailure(
        .payloadTooLarge, "There is more in the package than can be read.", details: ["file": "is too large"])
    static let noMedium = CardsFailure(
        .unsupportedMediaType, "The file is neither a picture nor a sound that can be shown.",
        details: ["file": "is something else"])
    static let missingMedium = CardsFailure(.notFound, "There is no such picture or sound.")
    static let largeExport = CardsFailure(.unprocessable, "The deck's pictures and sounds are more than a package can hold.")
    package static let full = CardsFailure(
        .conflict, "No more than \(CardService.most) cards are kept. Delete some first.")

    static func unwritten(_ faults: [String: String]) -> CardsFailure {
        let listed = faults.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "; ")
        return CardsFailure(.validationFailed, "The card cannot be learned like this: \(listed).", details: faults)
    }
}
