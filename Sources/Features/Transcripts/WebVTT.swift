/// What WebVTT (W3C) asks of the text of a cue.
enum WebVTT {
    /// A text as a cue holds it: what would begin a tag or an entity stands as one.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
