/// Tells who speaks when in a recording.
package protocol SpeakerFinder: Sendable {
    /// Whether it could begin now. Blocks shortly.
    var isReady: Bool { get }

    /// - Parameters:
    ///   - count: how many people speak; nil to find it out.
    ///   - progress: is told how many samples have been listened to.
    /// - Returns: in order; empty where nobody speaks.
    /// - Throws: `SpeechFailure`, `CancellationError`.
    func turns(in sound: SampleFile, count: Int?, progress: @Sendable (Int) -> Void) async throws -> [SpeakerTurn]
}

/// A stretch of a recording in which one person speaks.
package struct SpeakerTurn: Sendable, Equatable {
    /// Milliseconds.
    package let start, end: Int
    /// From 0, in the order in which they are first heard.
    package let speaker: Int

    package init(start: Int, end: Int, speaker: Int) { (self.start, self.end, self.speaker) = (start, end, speaker) }
}
