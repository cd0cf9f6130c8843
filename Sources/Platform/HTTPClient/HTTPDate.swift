import CCurl

/// Dates in HTTP headers (RFC 9110 §5.6.7).
enum HTTPDate {
    /// Unix seconds; nil if it is no date.
    static func parse(_ text: String) -> Int? {
        let seconds = curl_getdate(text, nil)
        return seconds < 0 ? nil : Int(seconds)
    }
}
