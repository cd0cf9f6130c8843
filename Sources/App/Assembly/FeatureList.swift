package import Assembly

/// A feature and how it is made.
package struct FeatureEntry: Sendable {
    let manifest: FeatureManifest
    let make: @Sendable (Composition) throws -> any Feature

    /// - Parameter make: called at most once a process, in one that serves the feature or whose other features stand on it.
    package init<Made: Feature>(_ type: Made.Type, make: @escaping @Sendable (Composition) throws -> Made) {
        manifest = type.manifest
        self.make = { try make($0) }
    }
}

/// Features that fit together, and what they declare.
package struct FeatureList: Sendable {
    let entries: [FeatureEntry]
    package let catalogue: FeatureCatalogue

    /// - Throws: `AssemblyFailure` if they do not fit.
    package init(_ entries: [FeatureEntry]) throws(AssemblyFailure) {
        self.entries = entries
        catalogue = try FeatureCatalogue(entries.map(\.manifest))
    }

    /// A list that stands in the source: one that does not fit is a mistake in the source.
    init(checked entries: [FeatureEntry]) {
        do throws(AssemblyFailure) {
            try self.init(entries)
        } catch {
            preconditionFailure(error.message)
        }
    }

    /// The same with more features.
    package func adding(_ more: [FeatureEntry]) throws(AssemblyFailure) -> FeatureList { try FeatureList(entries + more) }
}
