import FoundationEssentials
import Manuscript

extension AnkiTables {
    /// The tables of schema 11, in the order of columns that Anki has them in.
    static let schema = """
        CREATE TABLE col (
            id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
            dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL,
            decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
        CREATE TABLE notes (
            id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
            tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL,
            data text NOT NULL);
        CREATE TABLE cards (
            id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
            usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL,
            factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
            odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
        CREATE TABLE revlog (
            id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL,
            lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
        CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
        CREATE INDEX ix_notes_usn ON notes (usn);
        CREATE INDEX ix_cards_usn ON cards (usn);
        CREATE INDEX ix_revlog_usn ON revlog (usn);
        CREATE INDEX ix_cards_nid ON cards (nid);
        CREATE INDEX ix_cards_sched ON cards (did, queue, due);
        CREATE INDEX ix_revlog_cid ON revlog (cid);
        CREATE INDEX ix_notes_csum ON notes (csum);
        """

    static func settings(minutesWest: Int) -> String {
        """
        {"activeDecks":[1],"addToCur":true,"collapseTime":1200,"creationOffset":\(minutesWest),"curDeck":1,"curModel":"1",\
        "dueCounts":true,"estTimes":true,"newBury":true,"newSpread":0,"nextPos":1,"rollover":4,"schedVer":2,"sortBackwards":false,\
        "sortType":"noteFld","timeLim":0}
        """
    }

    /// What Anki itself begins with.
    static let deckSettings = """
        {"1":{"autoplay":true,"dyn":0,"id":1,"lapse":{"delays":[10],"leechAction":0,"leechFails":8,"minInt":1,"mult":0},"maxTaken":60,\
        "mod":0,"name":"Default","new":{"bury":true,"delays":[1,10],"initialFactor":2500,"ints":[1,4,7],"order":1,"perDay":20,\
        "separate":true},"replayq":true,"rev":{"bury":true,"ease4":1.3,"fuzz":0.05,"ivlFct":1,"maxIvl":36500,"minSpace":1,\
        "perDay":200},"timer":0,"usn":0}}
        """

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// A deck as the column `decks` has it.
struct AnkiDeckEntry: Encodable {
    private let id: Int
    private let name: String
    private let mod: Int
    private let usn = -1
    private let lrnToday = [0, 0]
    private let revToday = [0, 0]
    private let newToday = [0, 0]
    private let timeToday = [0, 0]
    private let collapsed = false
    private let browserCollapsed = false
    private let desc = ""
    private let dyn = 0
    private let conf = 1
    private let extendNew = 0
    private let extendRev = 0

    init(_ deck: AnkiCollection.Deck, at now: Int) {
        (id, name, mod) = (deck.id, deck.name, now)
    }
}

/// A note type as the column `models` has it.
struct AnkiTypeEntry: Encodable {
    private struct Field: Encodable {
        let name: String
        let ord: Int
        let font = "Arial"
        let media: [String] = []
        let rtl = false
        let size = 20
        let sticky = false
    }

    private struct Template: Encodable {
        let name: String
        let ord: Int
        let qfmt: String
        let afmt: String
        let bqfmt = ""
        let bafmt = ""
    }

    private let id: Int
    private let name: String
    private let type: Int
    private let mod: Int
    private let css: String
    private let flds: [Field]
    private let tmpls: [Template]
    private let usn = -1
    private let sortf = 0
    private let did = 1
    private let latexPre =
        "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n"
        + "\\setlength{\\parindent}{0in}\n\\begin{document}\n"
    private let latexPost = "\\end{document}"
    private let req: [String] = []
    private let tags: [String] = []
    private let vers: [String] = []

    init(_ type: AnkiCollection.NoteType, at now: Int) {
        (id, name, self.type, mod, css) = (type.id, type.name, type.isCloze ? 1 : 0, now, type.styles)
        flds = type.fields.enumerated().map { Field(name: $1, ord: $0) }
        tmpls = type.templates.enumerated().map { Template(name: $1.name, ord: $0, qfmt: $1.question, afmt: $1.answer) }
    }
}
