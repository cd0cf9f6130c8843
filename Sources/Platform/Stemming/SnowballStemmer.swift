import CStemmer

/// The Snowball stemmers (M. F. Porter and R. Boulton, https://snowballstem.org). One is for one thread at a time.
package struct SnowballStemmer: ~Copyable {
    private let stemmer: OpaquePointer?

    /// - Parameter language: its ISO 639 code.
    package init(_ language: String) { stemmer = sb_stemmer_new(language, nil) }

    deinit { sb_stemmer_delete(stemmer) }

    /// A word of lower-case letters, with its marks; as it is where there is no such language.
    package func stem(_ word: String) -> String {
        guard let stemmer else { return word }
        var bytes = Array(word.utf8)
        guard let stem = sb_stemmer_stem(stemmer, &bytes, Int32(bytes.count)) else { return word }
        return String(decoding: UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer))), as: UTF8.self)
    }
}
