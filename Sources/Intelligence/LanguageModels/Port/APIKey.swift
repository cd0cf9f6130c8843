/// A key that never shows in a log or a description.
package struct APIKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let value: String

    /// nil if the text is blank.
    package init?(_ value: String?) {
        let trimmed = (value ?? "").filter { !$0.isWhitespace }
        guard !trimmed.isEmpty else { return nil }
        self.value = trimmed
    }

    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
