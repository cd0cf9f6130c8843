/// Something that a student must know of how a file was read: what of it is not in the text, and what may be wrong there. Kept with the
/// document, so that nobody takes its text for all of it.
package struct ReadingNote: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Pages that are pictures, whose words nobody has read.
        case unreadPages = "unread_pages"
        /// Pages whose text is stored under wrong characters, and was not read.
        case garbledPages = "garbled_pages"
        /// Pages that text recognition has read.
        case recognisedPages = "recognised_pages"
        /// Pages of them where it was not sure of its reading.
        case unsurePages = "unsure_pages"
        /// Pages of them that were read here, since the service that should have did not answer.
        case fallbackPages = "fallback_pages"
        /// Formulas and drawings on pages that text recognition has read, which it could not make out. They are marked as figures there.
        case unreadRegions = "unread_regions"
        /// Pictures that stand beside text; what they show is not in it.
        case pictures
        /// Files within the file.
        case attachments
        /// Drawings, charts and the like that keep no text.
        case drawings
        /// Text that is set not to be seen, hidden sheets.
        case hidden
        /// What frames a web page: menus, banners, notices.
        case boilerplate
        /// Sound and film within the file.
        case recordings
        /// Parts that are broken or of no known kind.
        case parts
    }

    /// Pages that follow each other, both from 1.
    package struct Pages: Sendable, Codable, Hashable {
        package var first: Int
        package var last: Int
    }

    package var kind: Kind
    /// Where; empty where it is of the whole, or the file has no pages.
    package var pages: [Pages]
    /// Of how many things it speaks: pages, pictures, files.
    package var count: Int
    /// What they are called, where they have names: the first of them.
    package var names: [String]

    private static let mostNames = 20

    /// - Parameter pages: their numbers, in any order.
    package init(_ kind: Kind, pages: some Sequence<Int> = [Int](), count: Int? = nil, names: [String] = []) {
        self.kind = kind
        var runs: [Pages] = []
        var total = 0
        for page in Set(pages).sorted() {
            total += 1
            if let last = runs.last, last.last + 1 == page {
                runs[runs.count - 1].last = page
            } else {
                runs.append(Pages(first: page, last: page))
            }
        }
        self.pages = runs
        self.count = count ?? (names.isEmpty ? total : names.count)
        self.names = names.prefix(Self.mostNames).map { String($0.withoutNULs.singleLine.prefix(200)) }
    }

    /// In a sentence.
    package var message: String {
        let (subject, isOne) = (place, count == 1)
        return switch kind {
        case .unreadPages: "\(subject) \(isOne ? "is a picture" : "are pictures") whose words could not be read."
        case .garbledPages: "The text of \(subject.lowercasedFirst) is stored under wrong characters and cannot be read."
        case .recognisedPages: "\(subject) \(isOne ? "was" : "were") read from a picture by text recognition, which may err."
        case .unsurePages: "Text recognition was not sure of \(subject.lowercasedFirst): compare with the page itself."
        case .fallbackPages:
            "\(subject) \(isOne ? "was" : "were") read by this server itself: the service that reads scanned pages did not answer."
        case .unreadRegions:
            "\(isOne ? "A formula or drawing" : "\(count) formulas or drawings") on \(page.lowercasedFirst) could not be read: "
                + (isOne ? "it is marked there." : "they are marked there.")
        case .pictures: isOne ? "What a picture shows is not in the text." : "What \(count) pictures show is not in the text."
        case .attachments:
            (isOne ? "A file within this file was" : "\(count) files within this file were") + " not read"
                + (names.isEmpty ? "." : ": \(names.joined(separator: ", "))\(names.count < count ? ", …" : ".")")
        case .drawings: isOne ? "What a drawing shows is not in the text." : "What \(count) drawings show is not in the text."
        case .hidden: "Text that the file hides was left out."
        case .boilerplate: "Menus, banners and other frames of the page were left out."
        case .recordings: isOne ? "A recording within the file was not read." : "\(count) recordings within the file were not read."
        case .parts: isOne ? "A part of the file could not be read." : "\(count) parts of the file could not be read."
        }
    }

    private var place: String { (count == 1 ? "Page " : "Pages ") + runs }

    /// The same where the count is not of pages.
    private var page: String { (pages.count == 1 && pages[0].first == pages[0].last ? "Page " : "Pages ") + runs }

    private var runs: String {
        let runs = pages.prefix(12).map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }.joined(separator: ", ")
        return runs + (pages.count > 12 ? ", …" : "")
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
