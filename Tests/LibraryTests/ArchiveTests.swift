import Database
import Failures
import Jobs
import BlobStorage
@testable import Library
import Sandbox
import Testing

/// Zips of documents, unpacked by the real program in the sandbox.
@Suite(.timeLimit(.minutes(3)))
struct ArchiveTests {
    private static var unpacker: ArchiveUnpacker { ArchiveUnpacker(sandbox: Sandbox(programs: DocumentExtractor.programs)) }

    @Test func `each file of a zip is a document, what cannot be read is named`() async throws {
        var zip = StoredZip()
        zip.add("notes/otters.txt", content: Array("Otters eat eels.".utf8))
        zip.add("notes/")
        zip.add("__MACOSX/notes/._otters.txt", content: [1, 2, 3])
        zip.add("cells.docx", content: Fixture.bytes("cells.docx"))
        zip.add("program.exe", content: [0x4D, 0x5A, 0, 1, 2, 0, 0, 3])
        zip.add("empty.txt")
        var inner = StoredZip()
        inner.add("deep.txt", content: Array("Deep.".utf8))
        zip.add("inner.zip", content: inner.bytes())
        try await LibraryStage.with(.sqlite, unpacker: Self.unpacker) { stage in
            let uploaded = try await stage.service.upload(
                Upload(filename: "all.zip", parts: HeldParts(bytes: zip.bytes())), user: stage.ann)
            #expect(uploaded.unpacked == .init(documents: 2, skipped: ["program.exe", "empty.txt", "inner.zip"]))
            #expect(uploaded.document.filename == "otters.txt")
            try await stage.worker.drain()
            let documents = try await stage.service.list(.init(), offset: 0, limit: 9, user: stage.ann).documents
            #expect(Set(documents.map(\.filename)) == ["otters.txt", "cells.docx"])
            #expect(documents.allSatisfy { $0.status == .completed })
        }
    }

    @Test func `a paper in a zip is read with the BibTeX file beside it`() async throws {
        var zip = StoredZip()
        zip.add(
            "paper/paper.tex",
            content: Array(
                "\\documentclass{article}\\begin{document}\n\\citet{Hill73} counts.\n\\addbibresource{lit/refs.bib}\n\\end{document}\n"
                    .utf8))
        zip.add("paper/lit/refs.bib", content: Array("@article{Hill73, author={Hill, M.}, title={Diversity}, year=1973}".utf8))
        try await LibraryStage.with(.sqlite, unpacker: Self.unpacker) { stage in
            let uploaded = try await stage.service.upload(
                Upload(filename: "all.zip", parts: HeldParts(bytes: zip.bytes())), user: stage.ann)
            #expect(uploaded.document.filename == "paper.tex")
            #expect(uploaded.unpacked == .init(documents: 2, skipped: []))
            try await stage.worker.drain()
            let pages = try await stage.service.pages(uploaded.document.id, offset: 0, limit: 9, user: stage.ann).pages
            #expect(pages.map(\.text).joined().contains("Hill (1973) counts."), "\(pages)")
        }
    }

    @Test func `a zip of nothing that can be read, or one that unpacks to too much, is refused`() async throws {
        var empty = StoredZip()
        empty.add("picture.bin", content: [0, 1, 2, 3])
        var bomb = StoredZip()
        for number in 0..<600 { bomb.add("\(number).txt", content: [65]) }
        try await LibraryStage.with(.sqlite, unpacker: Self.unpacker) { stage in
            for (zip, code, words) in [
                (empty, FailureCode.unsupportedMediaType, "None of the files"), (bomb, .unprocessable, "500 files"),
            ] {
                let failure = await #expect(throws: LibraryFailure.self) {
                    try await stage.service.upload(Upload(filename: "a.zip", parts: HeldParts(bytes: zip.bytes())), user: stage.ann)
                }
                #expect(failure?.code == code)
                #expect(failure?.message.contains(words) == true)
            }
            let total = try await stage.service.list(.init(), offset: 0, limit: 9, user: stage.ann).total
            #expect(total == 0)
        }
    }
}
