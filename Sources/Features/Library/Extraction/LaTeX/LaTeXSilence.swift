/// Which arguments of LaTeX commands say nothing to a reader.
enum LaTeXSilence {
    /// None of their arguments is text.
    static let commands: Set<String> = [
        "addcontentsline", "addtocontents", "addtocounter", "addtolength", "addtotoc", "balance", "bibliography",
        "bibliographystyle",
        "bibstyle", "captionsetup", "color", "cmidrule", "cline", "definecolor", "DeclareGraphicsExtensions", "documentclass",
        "fancyfoot", "fancyhead", "floatplacement", "fontfamily", "fontsize", "geometry", "graphicspath", "hspace", "hskip",
        "hyphenation", "hypersetup", "include", "includeonly", "index", "input", "keywordindex", "label", "linespread", "lstset",
        "newcounter", "newlength", "nocite", "pagecolor", "pagenumbering", "pagestyle", "PassOptionsToPackage", "pgfplotsset",
        "printbibliography", "raisebox", "refstepcounter", "renewcommand", "RequirePackage", "rule", "selectlanguage", "setcounter",
        "setlength", "setlist", "settowidth", "sisetup", "stepcounter", "SweaveInput", "SweaveOpts", "theoremstyle",
        "thispagestyle", "tikzset", "titleformat", "titlespacing", "usepackage", "usetheme", "usecolortheme", "usetikzlibrary",
        "vspace", "vskip", "VignetteDepends", "VignetteIndexEntry",
    ]

    /// Text that is typed as on a terminal.
    static let code: Set<String> = [
        "code", "command", "kbd", "samp", "file", "env", "option", "function", "class", "method", "cmd",
    ]

    /// Commands whose first arguments say how the last is set.
    private static let settings = [
        "adjustbox": 1, "colorbox": 1, "fcolorbox": 2, "foreignlanguage": 1, "makebox": 0, "rotatebox": 1, "resizebox": 2,
        "scalebox": 1, "stretchbox": 1, "textlang": 1, "hyperref": 0, "hyperlink": 1, "hypertarget": 1, "href": 1,
    ]

    static func isSilent(argument index: Int, of name: String) -> Bool { index < settings[name] ?? 0 }

    /// Whether a reader would read it: lengths and settings (`2cm`, `width=3cm`) nobody does.
    static func isSpoken(_ argument: Substring) -> Bool {
        let text = argument.trimmingSpaces()
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return false }
        let name = text.prefix { $0.isASCII && ($0.isLetter || $0 == "-" || $0 == " ") }
        if !name.isEmpty, text.dropFirst(name.count).first == "=", !text.contains("$") { return false }
        return !isLength(text)
    }

    private static func isLength(_ text: String) -> Bool {
        let number = text.prefix { $0.isNumber || "+-. ".contains($0) }
        let unit = text.dropFirst(number.count)
        if unit.hasPrefix("\\"), ["width", "height", "skip", "sep"].contains(where: unit.hasSuffix) { return true }
        return !number.isEmpty && ["pt", "cm", "mm", "em", "ex", "in", "pc", "bp", "sp", "mu"].contains(String(unit))
    }
}
