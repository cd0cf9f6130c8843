/// What is known of a document beside its text: who wrote it, when, in what language, and where it is to be had.
package struct DocumentMetadata: Sendable, Codable, Hashable {
    private static let mostAuthors = 50

    package var authors: [String] = []
    /// `2021-03-04` where it can be told so, or shorter; else as the file says it.
    package var date: String?
    /// BCP 47: as the file says it, or found out from the text.
    package var language: String?
    /// Without an address before it: `10.1000/182`.
    package var doi: String?
    /// Where a web page is.
    package var address: String?

    package init() {}

    /// What is not there is not known.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        authors = try container.decodeIfPresent([String].self, forKey: .authors) ?? []
        date = try container.decodeIfPresent(String.self, forKey: .date)
        language = try container.decodeIfPresent(String.self, forKey: .language)
        doi = try container.decodeIfPresent(String.self, forKey: .doi)
        address = try container.decodeIfPresent(String.self, forKey: .address)
    }

    /// What a file says of itself, put into one form.
    init(authors: [String], date: String?, language: String?, doi: String?, address: String?) {
        self.authors = Array(AuthorNames.of(authors).prefix(Self.mostAuthors))
        self.date = date.flatMap(DocumentDate.plain)
        self.language = language.flatMap(DocumentLanguage.tag)
        self.doi = doi.flatMap { DOI.first(in: $0) }
        self.address = address.map { String($0.withoutNULs.singleLine.prefix(2_000)) }
    }

    /// With what is not known here as `other` knows it.
    func completed(by other: DocumentMetadata) -> DocumentMetadata {
        var result = self
        if authors.isEmpty { result.authors = other.authors }
        result.date = date ?? other.date
        result.language = language ?? other.language
        result.doi = doi ?? other.doi
        result.address = address ?? other.address
        return result
    }
}
