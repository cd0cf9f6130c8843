import Database
import DatabaseTesting
@testable import Library
import Testing

struct TextStoreTests {
    @Test(arguments: Dialect.allCases)
    func `pages keep their headings, tables, code and items`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let document = try await stage.upload("notes.txt", bytes: Array("Placeholder.".utf8)).document
            var builder = PageBuilder()
            builder.add("Cells", headingLevel: 1)
            builder.add("Stage | ATP\nGlycolysis | 2", blocks: [TextBlock(.table, start: 0, end: 26, headRows: 1)])
            builder.add("B) Heart", blocks: [TextBlock(.item, start: 0, end: 8, level: 1, marker: 3)])
            let page = builder.page(1)
            #expect(page.blocks.map(\.start) == [7, 35])
            let read = try await stage.database.transaction(as: .system) { transaction in
                try await TextStore().savePages([page], of: document.id, user: stage.ann, in: transaction)
                return try await TextStore().pages(of: document.id, in: transaction)
            }
            #expect(read == [page])
        }
    }
}
