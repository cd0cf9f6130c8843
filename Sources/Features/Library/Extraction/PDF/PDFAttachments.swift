/// The files within a PDF, as `pdfdetach -list` names them; a portfolio is hardly more than these.
enum PDFAttachments {
    static func names(_ text: String) -> [String] {
        text.split(separator: "\n").dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":"), Int(line[..<colon].trimmingSpaces()) != nil else { return nil }
            let name = line[line.index(after: colon)...].trimmingSpaces()
            return name.isEmpty ? nil : name
        }
    }
}
