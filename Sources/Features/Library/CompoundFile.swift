/// The files of older Office programs, and of newer ones under a password ([MS-CFB]): told apart, and refused in words that help.
enum CompoundFile {
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// - Parameters: the file's beginning and end, where its directory mostly lies.
    static func refusal(head: [UInt8], tail: [UInt8]) -> LibraryFailure {
        func names(_ stream: String) -> Bool {
            let bytes = stream.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
            return head.contains(bytes: bytes) || tail.contains(bytes: bytes)
        }
        if names("EncryptedPackage") { return .protectedFile }
        if names("WordDocument") { return .olderOffice("Word", ".docx") }
        if names("PowerPoint Document") { return .olderOffice("PowerPoint", ".pptx") }
        if names("Workbook") || names("Book") { return .olderOffice("Excel", ".xlsx") }
        return .unknownType
    }
}
