import Ambient
import Courses
package import HTTPServing
import Passages

extension DocumentView: APIType {
    package static var schemaName: String { "Document" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("sha256", "Of the file's content."), .describe("progress", "How far the stage in hand has come."),
            .describe("stages", "Its way from a file to answers, in order, each stage as it stands."),
            .describe(
                "place_in_line", "While it waits: 1 is the next. Left out while it has no turn yet, or waits behind 1000 others."),
            .describe("course_id", "The course that it belongs to."), .describe("subject", "That course's name."),
            .describe("error", "Why it failed, and what to do."),
            .describe("notes", "What of the file is not in its text, and what may be wrong there."),
            .describe("metadata", "Who wrote it, when, in what language, and where it is to be had, as far as that is known."),
            .describe("page_labels", "What the file calls its pages, where that is not their count."),
            .describe("job_id", "The job that reads it."),
            .describe("version", "Each new file that takes the document's place has the next."),
            .describe("version_of", "Of an old version, or of one that is being read: the document."),
            .describe("latest_version", "Of an old version: the number of the newest."),
            .describe("shared_with", "How many people you let read it; left out where there are none."),
            .describe("shared_by", "Who lets you read it, where it is another's."),
            .describe("update", "What is about to take the document's place, or failed to."),
            .describe(
                "twin",
                "In the answer to an upload: a document in the same course that has the same title or file name, which this one could replace."
            ),
            .describe("has_pages", "Whether the pages are the file's own; otherwise they are parts of the text."),
            .describe("duplicate", "In the answer to an upload: you had this file already."),
            .describe(
                "unpacked", "In the answer to the upload of a zip: what became of its files; this document is the first of them."),
            .describe("outline", "Its headings in order, where `include` asks for them."),
        ]
    }
}

extension DocumentView.Metadata: APIType {
    package static var schemaName: String { "DocumentMetadata" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("date", "`2021-03-04` or shorter where it can be told so, else as the file says it."),
            .describe("language", "A BCP 47 tag: said by the file, or found out from the text."),
            .describe("doi", "Without an address before it."), .describe("address", "Where a web page is."),
        ]
    }
}

extension DocumentView.PageLabel: APIType {
    package static var schemaName: String { "PageLabel" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("page", "The page from which on pages are called so, from 1."),
            .describe("prefix", "What stands before the number: `A-`."),
            .describe(
                "style", "`D` figures, `r` and `R` Roman numerals, `a` and `A` letters; without it there is the prefix alone."),
            .describe("start", "The number of that page."),
        ]
    }
}

extension DocumentView.Progress: APIType { package static var schemaName: String { "DocumentProgress" } }

extension DocumentView.OutlineEntry: APIType { package static var schemaName: String { "OutlineEntry" } }

extension DocumentView.Unpacked: APIType {
    package static var schemaName: String { "UnpackedArchive" }
    package static var constraints: [Constraint<Self>] {
        [.describe("documents", "How many of its files are documents now."), .describe("skipped", "Files that cannot be read.")]
    }
}

extension DocumentView.Problem: APIType { package static var schemaName: String { "DocumentProblem" } }

extension DocumentView.Note: APIType {
    package static var schemaName: String { "ReadingNote" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("message", "In a sentence."), .describe("pages", "Where; empty where it is of the whole file."),
            .describe("count", "Of how many things it speaks: pages, pictures, files."),
            .describe("names", "What they are called, where they have names."),
        ]
    }
}

extension DocumentView.Note.Pages: APIType { package static var schemaName: String { "PageRange" } }
