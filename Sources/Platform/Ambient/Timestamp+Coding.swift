package import FoundationEssentials

extension JSONEncoder.DateEncodingStrategy {
    /// As `Timestamp` writes them.
    package static var timestamp: Self {
        .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.text(date))
        }
    }
}

extension JSONDecoder.DateDecodingStrategy {
    /// As `Timestamp` reads them: RFC 3339.
    package static var timestamp: Self {
        .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = Timestamp.parse(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
            }
            return date
        }
    }
}
