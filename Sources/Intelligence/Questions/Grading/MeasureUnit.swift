/// Units that are converted into each other: what they measure, and how much of the plain unit they are.
enum MeasureUnit {
    struct Known {
        var measures: String
        var factor: Double
        /// For temperatures: what is added after the factor.
        var offset = 0.0
    }

    /// A value in one unit as a value in another; nil where they do not measure the same, or are not known.
    static func convert(_ value: Double, from one: String, to other: String) -> Double? {
        if canonical(one) == canonical(other) { return value }
        guard let a = known(one), let b = known(other), a.measures == b.measures else { return nil }
        return (value * a.factor + a.offset - b.offset) / b.factor
    }

    static func known(_ name: String) -> Known? { all[canonical(name)] ?? all[name] }

    static func canonical(_ name: String) -> String {
        let plain = name.replacing("µ", with: "u").replacing("μ", with: "u").replacing("²", with: "2").replacing("³", with: "3")
            .replacing("^", with: "").replacing("° ", with: "°")
        if all[plain] != nil { return plain }
        let lower = plain.lowercased()
        if let short = names[lower] { return short }
        if lower.hasSuffix("s"), let short = names[String(lower.dropLast())] { return short }
        if lower.hasPrefix("degrees ") || lower.hasPrefix("degree ") {
            return canonical(String(lower.drop { $0 != " " }.dropFirst()))
        }
        return all[plain] == nil ? lower : plain
    }

    private static let all: [String: Known] = [
        "m": .init(measures: "length", factor: 1), "km": .init(measures: "length", factor: 1e3),
        "cm": .init(measures: "length", factor: 1e-2),
        "mm": .init(measures: "length", factor: 1e-3), "um": .init(measures: "length", factor: 1e-6),
        "nm": .init(measures: "length", factor: 1e-9), "mi": .init(measures: "length", factor: 1609.344),
        "ft": .init(measures: "length", factor: 0.3048), "in": .init(measures: "length", factor: 0.0254),
        "yd": .init(measures: "length", factor: 0.9144), "kg": .init(measures: "mass", factor: 1),
        "g": .init(measures: "mass", factor: 1e-3),
        "mg": .init(measures: "mass", factor: 1e-6), "ug": .init(measures: "mass", factor: 1e-9),
        "t": .init(measures: "mass", factor: 1e3),
        "lb": .init(measures: "mass", factor: 0.453_592_37), "oz": .init(measures: "mass", factor: 0.028_349_523),
        "s": .init(measures: "time", factor: 1), "ms": .init(measures: "time", factor: 1e-3),
        "us": .init(measures: "time", factor: 1e-6),
        "ns": .init(measures: "time", factor: 1e-9), "min": .init(measures: "time", factor: 60),
        "h": .init(measures: "time", factor: 3600),
        "d": .init(measures: "time", factor: 86400), "wk": .init(measures: "time", factor: 604_800),
        "L": .init(measures: "volume", factor: 1), "l": .init(measures: "volume", factor: 1),
        "mL": .init(measures: "volume", factor: 1e-3),
        "ml": .init(measures: "volume", factor: 1e-3), "m3": .init(measures: "volume", factor: 1e3),
        "cm3": .init(measures: "volume", factor: 1e-3), "m2": .init(measures: "area", factor: 1),
        "km2": .init(measures: "area", factor: 1e6),
        "cm2": .init(measures: "area", factor: 1e-4), "ha": .init(measures: "area", factor: 1e4),
        "K": .init(measures: "temperature", factor: 1), "°C": .init(measures: "temperature", factor: 1, offset: 273.15),
        "°F": .init(measures: "temperature", factor: 5 / 9, offset: 459.67 * 5 / 9), "J": .init(measures: "energy", factor: 1),
        "kJ": .init(measures: "energy", factor: 1e3), "MJ": .init(measures: "energy", factor: 1e6),
        "cal": .init(measures: "energy", factor: 4.184), "kcal": .init(measures: "energy", factor: 4184),
        "kWh": .init(measures: "energy", factor: 3.6e6), "eV": .init(measures: "energy", factor: 1.602_176_634e-19),
        "W": .init(measures: "power", factor: 1), "kW": .init(measures: "power", factor: 1e3),
        "MW": .init(measures: "power", factor: 1e6),
        "Pa": .init(measures: "pressure", factor: 1), "hPa": .init(measures: "pressure", factor: 100),
        "kPa": .init(measures: "pressure", factor: 1e3), "bar": .init(measures: "pressure", factor: 1e5),
        "atm": .init(measures: "pressure", factor: 101_325), "mmHg": .init(measures: "pressure", factor: 133.322),
        "Hz": .init(measures: "frequency", factor: 1), "kHz": .init(measures: "frequency", factor: 1e3),
        "MHz": .init(measures: "frequency", factor: 1e6), "GHz": .init(measures: "frequency", factor: 1e9),
        "m/s": .init(measures: "speed", factor: 1), "km/h": .init(measures: "speed", factor: 1 / 3.6),
        "km/s": .init(measures: "speed", factor: 1e3), "mph": .init(measures: "speed", factor: 0.447_04),
        "N": .init(measures: "force", factor: 1), "kN": .init(measures: "force", factor: 1e3),
        "V": .init(measures: "voltage", factor: 1),
        "mV": .init(measures: "voltage", factor: 1e-3), "kV": .init(measures: "voltage", factor: 1e3),
        "A": .init(measures: "current", factor: 1), "mA": .init(measures: "current", factor: 1e-3),
        "B": .init(measures: "data", factor: 1), "kB": .init(measures: "data", factor: 1e3),
        "MB": .init(measures: "data", factor: 1e6),
        "GB": .init(measures: "data", factor: 1e9), "bit": .init(measures: "data", factor: 0.125),
        "%": .init(measures: "share", factor: 0.01),
    ]
    private static let names: [String: String] = [
        "metre": "m", "meter": "m", "kilometre": "km", "kilometer": "km", "centimetre": "cm", "centimeter": "cm",
        "millimetre": "mm",
        "millimeter": "mm", "micrometre": "um", "micrometer": "um", "micron": "um", "nanometre": "nm", "nanometer": "nm",
        "mile": "mi",
        "foot": "ft", "feet": "ft", "inch": "in", "inche": "in", "yard": "yd", "kilogram": "kg", "kilo": "kg", "gram": "g",
        "gramme": "g", "milligram": "mg", "microgram": "ug", "ton": "t", "tonne": "t", "pound": "lb", "lb": "lb", "ounce": "oz",
        "second": "s", "sec": "s", "millisecond": "ms", "microsecond": "us", "nanosecond": "ns", "minute": "min", "hour": "h",
        "hr": "h",
        "day": "d", "week": "wk", "litre": "L", "liter": "L", "millilitre": "mL", "milliliter": "mL", "kelvin": "K",
        "celsius": "°C",
        "°celsius": "°C", "c": "°C", "fahrenheit": "°F", "°fahrenheit": "°F", "f": "°F", "centigrade": "°C", "joule": "J",
        "kilojoule": "kJ", "megajoule": "MJ", "calorie": "cal", "kilocalorie": "kcal", "watt": "W", "kilowatt": "kW",
        "megawatt": "MW",
        "pascal": "Pa", "hectopascal": "hPa", "kilopascal": "kPa", "bar": "bar", "atmosphere": "atm", "hertz": "Hz",
        "kilohertz": "kHz",
        "megahertz": "MHz", "gigahertz": "GHz", "newton": "N", "volt": "V", "millivolt": "mV", "ampere": "A", "amp": "A",
        "byte": "B",
        "kilobyte": "kB", "megabyte": "MB", "gigabyte": "GB", "bit": "bit", "percent": "%", "per cent": "%",
        "kilometres per hour": "km/h", "kilometers per hour": "km/h", "kmh": "km/h", "metres per second": "m/s",
        "meters per second": "m/s", "miles per hour": "mph", "square metre": "m2", "square meter": "m2", "cubic metre": "m3",
        "cubic meter": "m3",
    ]
}
