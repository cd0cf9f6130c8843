import FoundationEssentials
import Manuscript
import TypedText

/// A text of Anki's as one of ours, with what is known of its cards.
struct AnkiText: Sendable {
    var guid: String
    /// Anki's.
    var deck: Int
    var draft: CardService.Draft
    var note: ForeignNote?
    /// By our part.
    var cards: [Int: AnkiCard]
}

/// Makes texts of Anki's notes: of gaps gaps, of a picture with parts covered the same, of a note that is asked both ways one text, and of
/// each card of any other note a text of its own, as its template shows it.
struct AnkiTexts: Sendable {
    let types: [Int: (type: AnkiCollection.NoteType, id: NoteTypeID)]
    let decks: [Int: String]

    /// None where its type or its cards are missing.
    func texts(of note: AnkiNote) -> [AnkiText] {
        guard let (type, id) = types[note.type], let first = note.cards.first else { return [] }
        let own = ForeignNote(type: id, guid: note.guid, fields: note.fields)
        func text(
            _ draft: CardService.Draft, guid: String = note.guid, keeps: ForeignNote? = own, deck: Int = first.deck,
            _ cards: [Int: AnkiCard]
        ) -> AnkiText {
            var draft = draft
            if keeps != nil { draft.tags = note.tags }
            return AnkiText(guid: guid, deck: deck, draft: draft, note: keeps, cards: cards)
        }
        func cards(from first: Int) -> [Int: AnkiCard] {
            Dictionary(note.cards.map { ($0.ordinal + first, $0) }) { first, _ in first }
        }
        if let draft = AnkiNoteTypes.draft(of: note, type) {
            return [text(draft, keeps: nil, cards(from: draft.type == .cloze || draft.type == .imageOcclusion ? 1 : 0))]
        }
        if type.isCloze { return [text(gaps(of: note, type), cards(from: 1))] }
        if type.templates.count == 2, note.cards.count == 2, let sides = bothWays(note, type) {
            return [text(.init(.reversed, front: sides.front, back: sides.back, markup: .html), cards(from: 0))]
        }
        return note.cards.compactMap { card in
            guard type.templates.indices.contains(card.ordinal) else { return nil }
            let template = type.templates[card.ordinal]
            let fields = fields(of: note, type, card)
            let question = AnkiTemplate(template.question).filled(fields, .question)
            let answer = AnkiTemplate(template.answer).filled(fields, .answer)
            var keeps = own
            keeps.ordinal = card.ordinal
            // A card of Anki's may have nothing on its back.
            return text(
                .init(front: question, back: answer.isBlank ? "–" : answer, markup: .html),
                guid: type.templates.count == 1 ? note.guid : "\(note.guid)/\(card.ordinal)", keeps: keeps, deck: card.deck,
                [0: card])
        }
    }

    private func fields(of note: AnkiNote, _ type: AnkiCollection.NoteType, _ card: AnkiCard?) -> [String: String] {
        let deck = card.flatMap { decks[$0.deck] } ?? ""
        let special = [
            "Tags": note.tags.joined(separator: " "), "Type": type.name, "Deck": deck,
            "Subdeck": deck.split(separator: ":").last.map(String.init) ?? "",
            "Card": card.flatMap { type.templates.indices.contains($0.ordinal) ? type.templates[$0.ordinal].name : nil } ?? "",
        ]
        return Dictionary(zip(type.fields, note.fields)) { first, _ in first }.merging(special) { own, _ in own }
    }

    private func gaps(of note: AnkiNote, _ type: AnkiCollection.NoteType) -> CardService.Draft {
        let fields = fields(of: note, type, nil)
        func others(but shown: [String]) -> String {
            type.fields.filter { !shown.contains($0) }.compactMap { fields[$0] }.filter { !AnkiMarkup.isEmpty($0) }
                .map(AnkiMarkup.cleaned).joined(separator: "<br><br>")
        }
        if let covered = type.fields.first(where: { fields[$0]?.contains("::image-occlusion:") == true }),
            let picture = type.fields.first(where: { $0 != covered && fields[$0]?.contains("<img") == true })
        {
            return .init(
                .imageOcclusion, front: "\(fields[picture] ?? "")\n\(fields[covered] ?? "")",
                back: others(but: [covered, picture]),
                markup: .html)
        }
        let name = type.templates.first.flatMap { AnkiTemplate($0.question).gapField } ?? type.fields.first ?? ""
        return .init(.cloze, front: AnkiMarkup.cleaned(fields[name] ?? ""), back: others(but: [name]), markup: .html)
    }

    private func bothWays(_ note: AnkiNote, _ type: AnkiCollection.NoteType) -> (front: String, back: String)? {
        guard let front = AnkiTemplate(type.templates[0].question).onlyField,
            let back = AnkiTemplate(type.templates[1].question).onlyField,
            front != back
        else { return nil }
        let fields = fields(of: note, type, nil)
        let sides = (AnkiMarkup.cleaned(fields[front] ?? ""), AnkiMarkup.cleaned(fields[back] ?? ""))
        return AnkiMarkup.isEmpty(sides.0) || AnkiMarkup.isEmpty(sides.1) ? nil : sides
    }
}
