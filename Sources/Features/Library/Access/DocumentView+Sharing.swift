import Ambient

extension DocumentView {
    /// Whose a document is, for who may read it.
    package struct SharedByView: Codable, Sendable, Hashable {
        /// By what it is shared: what is left to leave it.
        package enum Via: String, Codable, Sendable, CaseIterable {
            case document, course, `class`
        }

        package var name: String
        package var via: Via
    }

    /// A document as somebody sees it who may read it: without what is its owner's alone.
    ///
    /// - Parameter showsCourse: whether its course is shared with them too.
    init(_ document: Document, sharedBy owner: SharedByView, showsCourse: Bool) {
        self.init(document)
        sharedBy = owner
        (stages, jobID, error) = ([], nil, nil)
        if !showsCourse { (courseID, subject) = (nil, nil) }
    }
}
