import Stemming

extension TextLanguage.Evidence {
    /// Which function words of each language the words of a text are.
    init(of items: [WordScanner.Item]) {
        self.init(of: items.lazy.compactMap { if case .word(let word) = $0 { word.plain } else { nil } })
    }
}
