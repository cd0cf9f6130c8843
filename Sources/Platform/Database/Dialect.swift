/// Which of the two databases; used only by the few helpers in which they differ.
package enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgres
}
