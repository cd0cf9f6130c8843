import Ambient
import BlobStorage
import Concurrency
import Database
import FoundationEssentials
import Manuscript
import Packing
import Spacing

extension CardExchange {
    /// A deck as a package of Anki's, up to the pictures and sounds, which are read while it is sent.
    struct Package: Sendable {
        var name: String
        var collection: [UInt8]
        var media: [CardMedium]
    }

    /// Texts that are read at a time.
    private static let page = 500

    func package(of id: DeckID, user: UserID) async throws -> Package {
        try await database.read(as: .user(user)) { transaction in
            try await transaction.withoutTimeLimit()
            guard let deck = try await DeckStore().find(id, user: user, in: transaction) else { throw CardsFailure.noDeck }
            let day = try await ReviewStore().settings(of: user, in: transaction).day
            let types = try await NoteTypeStore().all(of: user, in: transaction)
            let maker = try AnkiPackageMaker(deck: deck, day: day, types: types, now: ambient.now())
            var last: CardText?
            while true {
                let texts = try await CardTextStore().exchanged(of: id, after: last, limit: Self.page, user: user, in: transaction)
                guard let end = texts.last?.text else { break }
                last = end
                let ids = texts.map(\.text.id)
                let cards = try await CardStore().cards(of: ids, user: user, in: transaction)
                let reviews = try await ReviewStore().logged(ofTexts: ids, user: user, in: transaction)
                try await BlockingPool.shared.run { try maker.add(texts, cards, reviews) }
            }
            let collection = try await BlockingPool.shared.run { try maker.finish() }
            let media = try await CardMediaStore().all(of: id, user: user, in: transaction)
            guard collection.count + media.reduce(0, { $0 + $1.size }) < ZipWriter.most else { throw CardsFailure.largeExport }
            return Package(name: deck.name, collection: collection, media: media)
        }
    }

    /// Writes the zip of a package.
    func write(_ package: Package, by send: @Sendable ([UInt8]) async throws -> Void) async throws {
        var zip = ZipWriter()
        let collection = await BlockingPool.shared.run {
            var first = ZipWriter()
            let bytes = first.add("collection.anki2", package.collection, packed: true)
            return (first, bytes)
        }
        zip = collection.0
        try await send(collection.1)
        var names: [String: String] = [:]
        for medium in package.media {
            guard let content = try await media.blobs.content(of: medium.sha256) else { continue }
            let number = "\(names.count)"
            names[number] = medium.name
            try await send(zip.begin(number))
            for try await part in content.parts { try await send(zip.append(part)) }
            try await send(zip.end())
        }
        let list = (try? JSONEncoder().encode(names)) ?? Data("{}".utf8)
        try await send(zip.add("media", Array(list)))
        try await send(zip.finish())
    }
}
