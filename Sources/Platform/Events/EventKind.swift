package import HTTPServing

/// A kind of event that a feature tells: its name, and the shape of its payload, from which the documents of the API are made.
package struct EventKind: Sendable {
    /// `domain.action`, lower case: `document.processed`.
    package let name: String
    /// When it is told, in one sentence.
    package let summary: String
    package let payload: any APIType.Type
    /// Whether it is stored, for those who come later and for reactions; one that is not is only told to who listens.
    package let isStored: Bool
    /// Whether it concerns the safety of accounts or of the installation: then it stands in the audit log too, in the transaction that
    /// stores it.
    package let isSecurity: Bool

    package init(
        _ name: String, _ summary: String, payload: any APIType.Type, isStored: Bool = true, isSecurity: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.payload = payload
        self.isStored = isStored
        self.isSecurity = isSecurity
    }
}
