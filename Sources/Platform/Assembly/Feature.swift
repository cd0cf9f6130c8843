/// One capability that a student would name, as the program takes it in: what it declares, and what it brings once it is made.
///
/// The program makes a feature only in a process that serves it, or whose other features stand on it; its manifest holds everywhere.
package protocol Feature: Sendable {
    /// What needs nothing that is made: tables, settings, events, what runs when. For migrations, `lm settings`, documents.
    static var manifest: FeatureManifest { get }

    /// What it brings to a process that serves it.
    var parts: FeatureParts { get }
}
