/// One page of a bucket's list, as `ListObjectsV2` answers it.
///
/// Our own names are letters, digits and `-./`, so of XML there is nothing to know but its tags; entities are resolved all the same.
struct S3Listing {
    private(set) var objects: [(key: String, size: Int)] = []
    /// What the next page is asked with; nil on the last.
    private(set) var next: String?

    init(xml: String) {
        for part in xml.split(separator: "<Contents>").dropFirst() {
            guard let key = Self.value("Key", in: part), let size = Self.value("Size", in: part).flatMap({ Int($0) }) else {
                continue
            }
            objects.append((key, size))
        }
        if Self.value("IsTruncated", in: xml[...]) == "true" { next = Self.value("NextContinuationToken", in: xml[...]) }
    }

    private static func value(_ tag: String, in text: Substring) -> String? {
        guard let start = text.firstRange(of: "<\(tag)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(tag)>")
        else { return nil }
        var value = String(text[start.upperBound..<end.lowerBound])
        for (name, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
            value = value.replacing(name, with: character)
        }
        return value
    }
}
