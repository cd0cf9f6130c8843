import Ambient
import Courses
import HTTPServing
import Passages

/// Reads the fields of an upload in whatever order they come.
struct UploadForm {
    private let reader: MultipartReader

    init(_ reader: MultipartReader) { self.reader = reader }

    func run(service: LibraryService, user: UserID) async throws -> Uploaded {
        var texts: [String: String] = [:]
        var fields = reader.makeAsyncIterator()
        while let part = try await fields.next() {
            if part.name == "file" {
                guard let filename = part.filename else { throw LibraryFailure.noFile }
                return try await service.upload(Upload(filename: filename, parts: part.body), user: user) {
                    while let part = try await fields.next() { try await Self.read(part, into: &texts) }
                    return try Self.description(texts)
                }
            }
            try await Self.read(part, into: &texts)
        }
        throw LibraryFailure.noFile
    }

    private static func read(_ part: MultipartPart, into texts: inout [String: String]) async throws {
        if ["title", "subject", "course_id", "replaces"].contains(part.name) {
            texts[part.name] = try await part.body.text(upTo: 4 << 10)
        }
    }

    private static func description(_ texts: [String: String]) throws(LibraryFailure) -> UploadDescription {
        var replaces: DocumentID?
        if let text = texts["replaces"], !text.isEmpty {
            guard let id = DocumentID(text) else { throw .noReplacedID }
            replaces = id
        }
        guard let course = texts["course_id"], !course.isEmpty else {
            return UploadDescription(
                title: texts["title"], filing: DocumentFiling(subject: texts["subject"]), replaces: replaces)
        }
        if texts["subject"]?.isEmpty == false { throw .twoCourses }
        guard let id = CourseID(course) else { throw .noCourseID }
        return UploadDescription(title: texts["title"], filing: .course(id), replaces: replaces)
    }
}
