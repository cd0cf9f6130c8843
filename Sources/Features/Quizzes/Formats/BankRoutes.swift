import Ambient
import Courses
import Failures
import HTTPMessages
package import HTTPServing
import TypedText

/// Files of questions over HTTP.
package struct BankRoutes: RouteCollection {
    private let service: QuizService
    private let file: BankFile

    package init(service: QuizService, file: BankFile) {
        self.service = service
        self.file = file
    }

    package var routes: [Route] { [bring, take] }

    private var bring: Route {
        Route.raw(
            .post, "/quizzes/import", "Make a quiz of a file of questions", tag: QuizRoutes.tag, consumes: "multipart/form-data",
            form: [
                FormField("title", .text, "Otherwise the file's name."),
                FormField("course_id", .text, "The course that the quiz goes to."),
                FormField("file", .file, required: true, "GIFT, Moodle XML, Aiken, CSV, or QTI 2.1 as an item or a zip."),
            ], returns: ImportView.self, status: 201, bodyLimit: BankFile.limit + (1 << 20),
            failures: [.badRequest, .payloadTooLarge, .unsupportedMediaType, .unprocessable, .insufficientStorage], limit: .upload
        ) { call in
            let user = try call.user()
            var request = call.request
            request.body = try request.body.limited(to: BankFile.limit + (1 << 20))
            var texts: [String: String] = [:]
            var found: (bank: ImportedBank, name: String)?
            for try await part in try MultipartReader(request) {
                if part.name == "file" {
                    guard let name = part.filename else { throw QuizzesFailure.noFile }
                    found = (try await file.read(part.body, filename: name), name)
                } else if ["title", "course_id"].contains(part.name) {
                    texts[part.name] = try await part.body.text(upTo: 4 << 10)
                }
            }
            guard let found else { throw QuizzesFailure.noFile }
            let title = texts["title"].flatMap { $0.isBlank ? nil : String($0.oneLine.prefix(200)) }
            let named = found.name.lastIndex(of: ".").map { String(found.name[..<$0]) } ?? found.name
            var course: CourseID?
            if let text = texts["course_id"], !text.isEmpty {
                guard let id = CourseID(text) else { throw QuizzesFailure.invalid("course_id", "must be a course's id") }
                course = id
            }
            let whole = try await service.add(found.bank, title: title ?? String(named.prefix(200)), course: course, user: user)
            var response = try HTTPResponse.json(ImportView(whole, found.bank), status: 201)
            response.headers.append("Location", "/api/v1/quizzes/\(whole.quiz.id)")
            return response
        }
        .described("A question that cannot be read is left out, and its line is told; all others are there.")
    }

    private var take: Route {
        Route.raw(
            .get, "/quizzes/:id/export", "Get a quiz as a file", tag: QuizRoutes.tag, query: BankExportQuery.self,
            produces: Array(Set(BankFormat.allCases.map(\.mediaType))).sorted(), failures: [.notFound, .forbidden]
        ) { call in
            let format = try call.query(as: BankExportQuery.self).format ?? .gift
            let (bytes, title) = try await service.file(of: try call.parameter("id"), as: format, user: try call.user())
            let name = title.map { $0.isLetter || $0.isNumber ? $0 : "-" }
            return HTTPResponse(
                headers: [
                    "Content-Type": format.mediaType,
                    "Content-Disposition": Filename.disposition("attachment", String(name.prefix(80)) + "." + format.fileExtension),
                    "Content-Security-Policy": "sandbox; default-src 'none'",
                ], body: .bytes(bytes))
        }
        .described("What the format has no way to say is left out: Aiken knows multiple choice only, GIFT no ordering.")
    }
}

struct BankExportQuery: APIType {
    var format: BankFormat?

    static var constraints: [Constraint<BankExportQuery>] { [.describe("format", "GIFT where nothing is said.")] }
}

/// What came of a file.
struct ImportView: APIType {
    struct Problem: APIType {
        var line: Int
        var reason: String

        static var schemaName: String { "ImportProblem" }
    }

    var id: String
    var title: String
    var status: Quiz.Status
    var totalQuestions: Int
    var problems: [Problem]

    enum CodingKeys: String, CodingKey {
        case id, title, status, problems
        case totalQuestions = "total_questions"
    }

    init(_ whole: QuizService.Whole, _ bank: ImportedBank) {
        id = whole.quiz.id.description
        title = whole.quiz.title
        status = whole.quiz.status
        totalQuestions = whole.questions.count
        problems = bank.problems.prefix(200).map { Problem(line: $0.line, reason: $0.reason) }
    }

    static var schemaName: String { "QuizImport" }
    static var constraints: [Constraint<ImportView>] {
        [.describe("problems", "What could not be read, by the line where it begins; at most 200.")]
    }
}

extension BankFormat: APIType {}
