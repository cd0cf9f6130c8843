// Unicode's normalisation has no public door in the standard library, and Foundation's would cost the whole of it.
@_spi(_Unicode) import Swift

/// A course's name and the form in which two names are the same: “Cell Biology” and “ cell  biology ” are one course.
package struct CourseName: Sendable, Hashable, CustomStringConvertible {
    /// Unicode scalars of a name.
    package static let longest = 100

    /// On one line, as it was written.
    package let description: String

    /// nil if there is nothing but white space. What is too long is cut.
    package init?(_ text: String) {
        let line = Self.composed(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let name = String(String.UnicodeScalarView(line.unicodeScalars.prefix(Self.longest)))
        guard !name.isEmpty else { return nil }
        description = name
    }

    /// What is compared.
    package var key: String { Self.composed(description.lowercased()) }

    private static func composed(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text._nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
