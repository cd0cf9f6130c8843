/// Turns text into vectors whose dot product says how near two texts are in meaning.
package protocol TextEmbedder: Sendable {
    /// The model that made the vectors; vectors of two models must never be compared.
    var modelName: String { get }
    /// How many numbers a vector has.
    var dimensions: Int { get }
    /// Whether it knows other languages than English.
    var isMultilingual: Bool { get }
    /// What its cosines say in those of all-MiniLM-L6-v2, by which whoever reads them goes.
    var scale: CosineScale { get }

    /// One vector of length 1 for each text, in the order given: of what is asked, or of texts that are compared with each other. Text beyond
    /// the model's limit is cut off.
    func embed(_ texts: [String]) async throws -> [[Float]]

    /// All windows of each text that is to be found, in order: a text longer than the model's limit gives several vectors, any other text gives one.
    ///
    /// A long passage is scored by its best window, since the vector of its beginning says little about its end.
    /// - Parameter progress: called with the number of texts that are finished; never from two threads at once, and never backwards.
    func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]]

    /// How many pieces the model's tokenizer makes of the text, without the two that mark its beginning and end.
    func countTokens(_ text: String) -> Int
}

extension TextEmbedder {
    package var isMultilingual: Bool { false }
    package var scale: CosineScale { CosineScale() }
}

/// How a model's cosines read in those of another: some models use all from 0 to 1, others only the upper quarter.
package struct CosineScale: Sendable, Hashable {
    /// Its cosine of texts that have nothing in common.
    package var least = 0.0
    /// What a step above that is worth.
    package var slope = 1.0

    package init(least: Double = 0, slope: Double = 1) {
        self.least = least
        self.slope = slope
    }

    package func callAsFunction(_ cosine: Double) -> Double { (cosine - least) * slope }
}
