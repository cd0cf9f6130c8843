extension String {
    /// fi, fl and their like as letters, no-break spaces as spaces, composed characters; soft hyphens at a line's end as hyphens.
    var replacingLigatures: String {
        guard utf8.contains(where: { $0 >= 0x80 }) else { return self }
        var out = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0xFB00: out.append(contentsOf: "ff".unicodeScalars)
            case 0xFB01: out.append(contentsOf: "fi".unicodeScalars)
            case 0xFB02: out.append(contentsOf: "fl".unicodeScalars)
            case 0xFB03: out.append(contentsOf: "ffi".unicodeScalars)
            case 0xFB04: out.append(contentsOf: "ffl".unicodeScalars)
            case 0xFB05, 0xFB06: out.append(contentsOf: "st".unicodeScalars)
            case 0xA0, 0x2007, 0x202F: out.append(" ")
            case 0xAD: out.append("-")
            case 0, 0xFEFF, 0xFFFE, 0xFFFF: break
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
