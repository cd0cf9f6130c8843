package import Ambient
import BlobStorage
import Concurrency
import Courses
package import Database
import FoundationEssentials
package import Jobs

/// Decks out as files, and files in as decks.
package struct CardExchange: Sendable {
    /// Bytes of a file of text.
    static let limit = 8 << 20

    let database: any Database
    let decks: DeckService
    let cards: CardService
    let jobs: JobQueue
    let events: CardEvents
    let media: CardMediaService
    let packages: AnkiPackage
    let ambient: Ambient
    let imports = CardImportStore()

    package init(
        database: any Database, decks: DeckService, cards: CardService, jobs: JobQueue, events: CardEvents, media: CardMediaService,
        packages: AnkiPackage, ambient: Ambient = .live
    ) {
        self.database = database
        self.decks = decks
        self.cards = cards
        self.jobs = jobs
        self.events = events
        self.media = media
        self.packages = packages
        self.ambient = ambient
    }

    /// The deck's name and all its texts in a form.
    func export(_ id: DeckID, as form: CardFile.Form, user: UserID) async throws -> (name: String, text: String) {
        let (name, texts) = try await database.read(as: .user(user)) { transaction in
            guard let deck = try await DeckStore().find(id, user: user, in: transaction) else { throw CardsFailure.noDeck }
            return (deck.name, try await CardTextStore().all(of: id, user: user, in: transaction))
        }
        return (name, form.write(texts))
    }

    /// Keeps a file and has it read, into a deck that there is or one of the file's name.
    func take(
        _ content: [UInt8], named filename: String, deck: DeckID?, course: CourseID?, user: UserID
    ) async throws -> (job: JobID, deck: DeckID) {
        guard let form = CardFile.Form(filename: filename).flatMap({ CardImport.Form(rawValue: $0.rawValue) }) else {
            throw CardsFailure.unknownForm
        }
        guard !content.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }) else { throw CardsFailure.emptyFile }
        guard String(validating: content, as: UTF8.self) != nil else { throw CardsFailure.notText }
        let name = filename
        return try await database.transaction(as: .user(user)) { transaction in
            try await keep(
                CardImport.Content(form: form, bytes: content), named: name, deck: deck, course: course, user: user, in: transaction
            )
        }
    }

    /// The same of a package of Anki's, which is stored as it comes and read in the sandbox.
    func take<Parts: AsyncSequence>(
        package parts: Parts, named filename: String, deck: DeckID?, course: CourseID?, user: UserID
    ) async throws -> (job: JobID, deck: DeckID) where Parts.Element == [UInt8] {
        try await media.blobs.receive(from: parts, limit: AnkiPackage.limit) { received in
            let path = received.path
            let head = await BlockingPool.shared.run { MediumKind.head(ofFileAt: path) }
            // A zip. What else is wrong with it the job says.
            guard head.starts(with: [0x50, 0x4B]) else { throw CardsFailure.damagedPackage }
            try await received.store()
            let sha256 = received.blob.sha256
            return try await database.transaction(as: .user(user)) { transaction in
                try await received.confirm()
                let content = CardImport.Content(form: deck == nil ? .ankiDecks : .anki, sha256: sha256)
                return try await keep(content, named: filename, deck: deck, course: course, user: user, in: transaction)
            }
        }
    }

    private func keep(
        _ content: CardImport.Content, named filename: String, deck: DeckID?, course: CourseID?, user: UserID,
        in transaction: any Transaction
    ) async throws -> (job: JobID, deck: DeckID) {
        let goal: DeckID
        if let deck {
            guard try await DeckStore().hold(deck, user: user, in: transaction) else { throw CardsFailure.unknownDeck }
            goal = deck
        } else {
            let name = filename.split(separator: ".").dropLast().joined(separator: ".").trimmedOfSpace
            goal = try await decks.make(
                name.isEmpty ? "Cards" : String(name.prefix(200)), course: course, user: user, in: transaction
            ).deck.id
        }
        let made = CardImport(id: ambient.newID(), userID: user, deckID: goal, content: content)
        try await imports.insert(made, at: ambient.now(), in: transaction)
        let job = try await jobs.enqueue(CardJobs.take, .init(importID: made.id), user: user, in: transaction)
        return (job, goal)
    }
}
