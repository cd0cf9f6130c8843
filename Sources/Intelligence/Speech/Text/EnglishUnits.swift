/// Units of measurement as they are said in English, after a number.
enum EnglishUnits {
    private static let named: [String: (one: String, many: String)] = {
        var table: [String: (one: String, many: String)] = [:]
        let plain = """
            m metre, g gram, l litre, L litre, s second, sec second, min minute, h hour, hr hour, hrs hour, d day, yr year, A ampere, V volt, W watt, N newton, \
            J joule, K kelvin*, Hz hertz*, Pa pascal, mol mole, cd candela, lm lumen, lx lux*, T tesla, Wb weber, H henry, F farad, C coulomb, \
            B byte, bit bit, eV electronvolt, cal calorie, t tonne, ha hectare, bar bar, Bq becquerel, Sv sievert, Gy gray, \
            Wh watt-hour, Ω ohm, px pixel, lb pound, lbs pound, oz ounce, mi mile, yd yard, kn knot, u atomic mass unit, \
            dB decibel, rpm revolution per minute, ppm part per million, ppb part per billion, mph mile per hour, atm atmosphere, \
            bps bit per second, kph kilometre per hour
            """
        for entry in plain.split(separator: ",") {
            let words = entry.split { $0.isWhitespace }.map(String.init)
            guard let sign = words.first, words.count > 1 else { continue }
            let name = words.dropFirst().joined(separator: " ")
            if name.hasSuffix("*") {
                table[sign] = (String(name.dropLast()), String(name.dropLast()))
            } else if let per = name.firstRange(of: " per ") {
                table[sign] = (name, name[..<per.lowerBound] + "s" + name[per.lowerBound...])
            } else {
                table[sign] = (name, name + "s")
            }
        }
        table["ft"] = ("foot", "feet")
        let prefixes = [
            "p": "pico", "n": "nano", "µ": "micro", "μ": "micro", "m": "milli", "c": "centi", "d": "deci", "h": "hecto",
            "k": "kilo", "M": "mega",
            "G": "giga", "T": "tera", "P": "peta", "Ki": "kibi", "Mi": "mebi", "Gi": "gibi",
        ]
        let prefixed = [
            "m": "pnµμmcdk", "g": "pnµμmkMG", "l": "µμmcdh", "L": "µμmcdh", "s": "pnµμm", "A": "nµμmk", "V": "nµμmkM",
            "W": "µμmkMGT",
            "N": "mkM", "J": "mkMG", "Hz": "mkMGT", "Pa": "mhkMG", "mol": "nµμmk", "B": "kMGTP", "bit": "kMG", "eV": "mkMGT",
            "cal": "k",
            "Wh": "kMGT", "Ω": "mkMG", "F": "pnµμm", "H": "nµμm", "T": "nµμm", "t": "kMG", "Bq": "kMGT", "Sv": "µμm", "bar": "m",
            "bps": "kMG",
            "px": "M",
        ]
        for (base, signs) in prefixed {
            guard let name = table[base] else { continue }
            for sign in signs {
                guard let prefix = prefixes[String(sign)], table[String(sign) + base] == nil else { continue }
                table[String(sign) + base] = (prefix + name.one, prefix + name.many)
            }
        }
        for sign in ["Ki", "Mi", "Gi"] { table[sign + "B"] = ((prefixes[sign] ?? "") + "byte", (prefixes[sign] ?? "") + "bytes") }
        table["KB"] = ("kilobyte", "kilobytes")
        table["Kb"] = ("kilobit", "kilobits")
        table["Mb"] = ("megabit", "megabits")
        // What is a word or a sign of something else more often.
        for sign in ["d", "u", "C", "F", "H", "T", "B", "t"] { table[sign] = nil }
        return table
    }()

    /// - Parameters:
    ///   - sign: `km`, `kWh`.
    ///   - power: 2 for `m²`.
    static func words(_ sign: some StringProtocol, isOne: Bool, power: Int = 1) -> [String]? {
        guard let unit = named[String(sign)] else { return nil }
        let words = (isOne ? unit.one : unit.many).split { $0 == " " || $0 == "-" }.map(String.init)
        switch power {
        case 1: return words
        case 2: return ["square"] + words
        case 3: return ["cubic"] + words
        case -1: return ["per"] + (named[String(sign)]?.one.split { $0 == " " || $0 == "-" }.map(String.init) ?? [])
        default: return nil
        }
    }

    static let money: [Character: (one: String, many: String, part: String)] = [
        "$": ("dollar", "dollars", "cents"), "€": ("euro", "euros", "cents"), "£": ("pound", "pounds", "pence"),
        "¥": ("yen", "yen", ""),
        "₹": ("rupee", "rupees", "paise"),
    ]

    static let scales: [String: String] = [
        "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million", "bn": "billion", "b": "billion",
        "B": "billion",
        "tn": "trillion",
    ]
}
