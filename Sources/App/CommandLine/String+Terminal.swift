extension String {
    /// Without the characters by which a document's text, or a file's name, could drive the terminal that shows it: control characters
    /// other than line ends and tabs, and those that turn the direction of writing.
    package var safeForTerminal: String {
        var out = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar != "\n" && scalar != "\t": continue
            case .format where scalar.properties.isBidiControl: continue
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
