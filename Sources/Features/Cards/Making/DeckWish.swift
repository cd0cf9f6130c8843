package import Ambient
package import Courses
package import Passages

/// Of which texts cards are wanted, and how many.
package struct DeckWish: Sendable, Hashable, Codable {
    package var documents: [DocumentID]?
    package var course: CourseID?
    package var topic: String?
    package var count: Int
}

/// Drafts cards from texts. App joins it, since cards do not know how questions are made.
package struct CardDrafting: Sendable {
    /// A draft, and what tells it from the others of its texts: the same when they are drafted again.
    package struct Drafted: Sendable {
        package var draft: CardService.Draft
        package var key: String

        package init(_ draft: CardService.Draft, key: String) {
            self.draft = draft
            self.key = key
        }
    }

    /// - Parameters:
    ///   - seed: the same number gives the same cards.
    ///   - progress: told how much is done, of all.
    ///   - take: is given each as it is made; false ends it.
    package typealias Draft =
        @Sendable (
            _ wish: DeckWish, _ user: UserID, _ seed: UInt64, _ progress: @Sendable (Int, Int) -> Void,
            _ take: @Sendable (Drafted) async throws -> Bool
        ) async throws -> Void

    let draft: Draft

    package init(_ draft: @escaping Draft) { self.draft = draft }
}
