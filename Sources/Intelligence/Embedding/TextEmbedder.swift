/// Turns text into vectors whose dot product says how near two texts are in meaning.
package protocol TextEmbedder: Sendable {
    /// The model that made the vectors; vectors of two models must never be compared.
    var modelName: String { get }
    /// How many numbers a vector has.
    var dimensions: Int { get }

    /// One vector of length 1 for each text, in the order given. Text beyond the model's limit is cut off.
    func embed(_ texts: [String]) async throws -> [[Float]]

    /// All windows of each text, in order: a text longer than the model's limit gives several vectors, any other text gives one.
    ///
    /// A long passage is scored by its best window, since the vector of its beginning says little about its end.
    /// - Parameter progress: called with the number of texts that are finished; never from two threads at once, and never backwards.
    func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]]

    /// How many pieces the model's tokenizer makes of the text, without the two that mark its beginning and end.
    func countTokens(_ text: String) -> Int
}
