import Ambient
import BlobStorage
import Database
import FoundationEssentials
import Jobs
import Manuscript
import Spacing

extension CardExchange {
    /// What came of a package so far.
    private struct Tally {
        var imported = 0
        var known = 0
        var media = 0
        var faults: [String] = []
        var skipped = 0

        mutating func skip(_ fault: String, _ context: JobContext) {
            skipped += 1
            if skipped <= CardExchange.mostFaults { context.log(fault) }
            if faults.isEmpty { faults.append(fault) }
        }
    }

    /// Where Anki's decks went.
    private struct Goals {
        var decks: [Int: DeckID] = [:]
        /// Whether the deck that was made for the package is one of them.
        var usesOwn = false
    }

    /// Reads a package of Anki's a part at a time: pictures and sounds, then notes with what is known of their cards and the answers that
    /// were given to them. A text that is here already stays as it is, so that the job may be done again.
    func readPackage(_ kept: CardImport, _ context: JobContext) async throws -> JobResult {
        let outcome = try await media.blobs.withLocalFile(kept.content.sha256 ?? "") { path in
            let head = try await packages.head(ofFileAt: path)
            var tally = Tally()
            let names = try await takeMedia(of: head, path, kept, &tally, context)
            let goals = try await takeNotes(of: head, path, kept, names, &tally, context)
            let first = head.decks.lazy.compactMap { goals.decks[$0.id] }.first
            if !goals.usesOwn, first != nil {
                try await context.keep(in: database) { try await dropIfEmpty(kept, in: $0) }
            }
            return ImportedDeck(
                id: goals.usesOwn ? kept.deckID : first ?? kept.deckID, imported: tally.imported, skipped: tally.skipped,
                known: tally.known, media: tally.media, firstFault: tally.faults.first)
        }
        guard let outcome else { throw CardsFailure.damagedPackage }
        return try await finish(kept, outcome, context)
    }

    // MARK: - Pictures and sounds

    /// - Returns: what those are called here that are called something else there.
    private func takeMedia(
        of head: AnkiCollection, _ path: String, _ kept: CardImport, _ tally: inout Tally, _ context: JobContext
    ) async throws -> [String: String] {
        var names: [String: String] = [:]
        var next = 0
        while next < head.media {
            let part = try await packages.media(ofFileAt: path, from: next)
            guard let last = part.last else { break }
            for medium in part {
                // Fonts and scripts of templates.
                if medium.name.hasPrefix("_") { continue }
                guard let content = medium.content else {
                    tally.skip("“\(medium.name.prefix(80))”: cannot be read.", context)
                    continue
                }
                do {
                    let made = try await media.add(HeldParts(bytes: content), named: medium.name, user: kept.userID) {
                        try await context.fence(in: $0)
                    }
                    if made.name != medium.name { names[medium.name] = made.name }
                    tally.media += 1
                } catch let failure as CardsFailure {
                    tally.skip("“\(medium.name.prefix(80))”: \(failure.message)", context)
                }
            }
            next = last.index + 1
            try context.checkCancelled()
            context.progress(stage: "media", done: next, total: head.media)
        }
        return names
    }

    // MARK: - Notes

    private func takeNotes(
        of head: AnkiCollection, _ path: String, _ kept: CardImport, _ names: [String: String], _ tally: inout Tally,
        _ context: JobContext
    ) async throws -> Goals {
        let reader = try await texts(of: head, kept, context)
        let day = try await database.read(as: context.actor) { try await ReviewStore().settings(of: kept.userID, in: $0).day }
        let schedule = AnkiSchedule(began: head.began, day: day)
        var goals = Goals()
        var (after, done) = (Int.min, 0)
        while true {
            let notes = try await packages.notes(ofFileAt: path, after: after)
            guard let last = notes.last?.id else { return goals }
            after = last
            for start in stride(from: 0, to: notes.count, by: Self.batch) {
                let batch = notes[start..<min(start + Self.batch, notes.count)]
                var texts: [AnkiText] = []
                for note in batch {
                    var note = note
                    if !names.isEmpty { note.fields = note.fields.map { MediaNames.replaced(in: $0) { names[$0] } } }
                    let made = reader.texts(of: note)
                    if made.isEmpty { tally.skip("“\(note.title)”: it has no cards.", context) }
                    for text in made {
                        if let fault = text.draft.faults.min(by: { $0.key < $1.key }) {
                            tally.skip("“\(note.title)”: \(fault.key) \(fault.value).", context)
                        } else {
                            texts.append(text)
                        }
                    }
                }
                try await findGoals(of: texts, head, kept, &goals, context)
                let new = try await write(texts, kept, goals, schedule, position: done, context)
                tally.imported += new
                tally.known += texts.count - new
                done += batch.count
                context.progress(stage: "importing", done: done, total: head.notes)
            }
        }
    }

    private func texts(of head: AnkiCollection, _ kept: CardImport, _ context: JobContext) async throws -> AnkiTexts {
        let types = try await context.keep(in: database) { transaction in
            var types: [Int: (AnkiCollection.NoteType, NoteTypeID)] = [:]
            for type in head.types {
                let id = try await NoteTypeStore().keep(type, id: ambient.newID(), user: kept.userID, in: transaction)
                types[type.id] = (type, id)
            }
            return types
        }
        return AnkiTexts(types: types, decks: Dictionary(head.decks.map { ($0.id, $0.name) }) { first, _ in first })
    }

    /// Finds a deck of the student's for each of Anki's, by its name, or makes one. The first takes the one that was made for the package.
    private func findGoals(
        of texts: [AnkiText], _ head: AnkiCollection, _ kept: CardImport, _ goals: inout Goals, _ context: JobContext
    ) async throws {
        let missing = Set(texts.map(\.deck)).subtracting(goals.decks.keys).sorted()
        guard !missing.isEmpty else { return }
        if kept.content.form == .anki {
            for deck in missing { goals.decks[deck] = kept.deckID }
            goals.usesOwn = true
            return
        }
        let names = Dictionary(head.decks.map { ($0.id, $0.name) }) { first, _ in first }
        let before = goals
        goals = try await context.keep(in: database) { transaction in
            var goals = before
            let store = DeckStore()
            guard let own = try await store.find(kept.deckID, user: kept.userID, in: transaction) else { throw CardsFailure.noDeck }
            for deck in missing {
                let name = String((names[deck] ?? own.name).prefix(200))
                let known = try await store.list(of: kept.userID, course: own.courseID, in: transaction).first { $0.name == name }
                if let known {
                    goals.decks[deck] = known.id
                } else if !goals.usesOwn {
                    var renamed = own
                    renamed.name = name
                    try await store.update(renamed, in: transaction)
                    goals.decks[deck] = own.id
                } else {
                    goals.decks[deck] = try await decks.make(name, course: own.courseID, user: kept.userID, in: transaction).deck.id
                }
                if goals.decks[deck] == own.id { goals.usesOwn = true }
            }
            return goals
        }
    }

    /// - Returns: how many were not here yet.
    private func write(
        _ texts: [AnkiText], _ kept: CardImport, _ goals: Goals, _ schedule: AnkiSchedule, position: Int, _ context: JobContext
    ) async throws -> Int {
        let (user, now) = (kept.userID, ambient.now())
        return try await context.keep(in: database) { transaction in
            guard try await CardTextStore().count(of: user, in: transaction) < CardService.most else { throw CardsFailure.full }
            for deck in Set(goals.decks.values) {
                guard try await DeckStore().hold(deck, user: user, in: transaction) else { throw CardsFailure.noDeck }
            }
            var new = 0
            for (index, text) in texts.enumerated() {
                let arrival = CardService.Arrival(
                    guid: text.guid, note: text.note, learned: text.cards.mapValues { schedule.learned($0, now: now) })
                let made = try await cards.make(
                    text.draft, position: position + index, arriving: arrival, deck: goals.decks[text.deck] ?? kept.deckID,
                    user: user,
                    in: transaction)
                new += made.isEmpty ? 0 : 1
                for written in made {
                    for review in reviews(of: written.card, text.cards[written.card.part]?.reviews ?? [], schedule.day) {
                        try await ReviewStore().insert(review, in: transaction)
                    }
                }
            }
            return new
        }
    }

    /// Answers that were given elsewhere, by time.
    private func reviews(of card: Card, _ all: [AnkiReview], _ day: StudyDay) -> [Review] {
        var reviews: [Review] = []
        for each in all {
            guard let grade = ReviewGrade(rawValue: each.grade) else { continue }
            let date = Date(timeIntervalSince1970: Double(each.time) / 1000)
            let before = reviews.last?.reviewedAt
            let phase =
                before == nil && each.kind == 0 ? "new" : each.kind == 2 ? "relearning" : each.kind == 0 ? "learning" : "review"
            let memento = CardMemento(
                phase: phase, step: 0, stability: nil, difficulty: nil, due: date, lastReview: before, reps: reviews.count,
                lapses: 0,
                isSuspended: false, isLeech: false)
            reviews.append(
                Review(
                    id: ambient.newID(), userID: card.userID, cardID: card.id, deckID: card.deckID, grade: grade, reviewedAt: date,
                    days: Double(before.map { day.days(from: $0, to: date) } ?? 0), durationMs: max(0, each.durationMs),
                    before: memento, undoneAt: nil))
        }
        return reviews
    }
}

extension AnkiNote {
    /// What it is called among others that were not read.
    fileprivate var title: String {
        let text = fields.first { !AnkiMarkup.isEmpty($0) } ?? guid
        return String(text.replacing("\n", with: " ").prefix(60))
    }
}
