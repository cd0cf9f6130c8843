package import Database
import Sharing

package enum LibraryMigrations {
    package static let all: [Migration] = [
        documents, sections, charset, owner, courses, subjects, KeywordMigration.segments, vectorParts, pictures, blocks,
        keywordVersion, keywordLanguages, stages, editions, metadata,
        DocumentAccess.shares.migration("library", 16, of: "documents"), searchModel,
        DocumentAccess.shares.classes("library", 18),
    ]

    private static let tables = ["documents", "document_pages", "chunks", "chunk_vectors", "keyword_documents", "keyword_postings"]

    /// Passages from before it name the headings of their beginning for all of their text.
    private static let sections = Migration(
        "library", 2, "the sections that a passage holds", ["ALTER TABLE chunks ADD COLUMN sections jsonb NOT NULL DEFAULT '[]'"],
        schema: .content)

    /// Documents from before it do not say how their bytes are read.
    private static let charset = Migration(
        "library", 3, "the character encoding of texts", ["ALTER TABLE documents ADD COLUMN charset text"], schema: .content)

    /// An upload that began before its account was removed would else stay behind it.
    private static let owner = Migration(
        "library", 4, "documents go with their account", [], only: ForeignKey.add(table: "documents"), schema: .content)

    /// Until here a document had a subject, a text; each student's subjects become courses.
    private static let courses = Migration(
        "library", 5, "the course of a document",
        [
            "ALTER TABLE documents ADD COLUMN course_id uuid REFERENCES courses (id) ON DELETE SET NULL",
            "CREATE INDEX documents_by_course ON documents (course_id)",
        ], schema: .content, step: SubjectsToCourses.run)

    private static let subjects = Migration(
        "library", 6, "no subject beside the course", ["ALTER TABLE documents DROP COLUMN subject"], schema: .content)

    /// Documents from before it are searched by the vectors of their chunks until they are indexed again.
    private static let vectorParts = Migration(
        "library", 8, "vectors of many passages together",
        [
            // See `VectorBlock`.
            """
            CREATE TABLE vector_parts (
                document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
                part bigint NOT NULL,
                user_id uuid NOT NULL,
                model text NOT NULL,
                vectors bytea NOT NULL,
                PRIMARY KEY (document_id, part)
            )
            """
        ], only: RowSecurity.enable(table: "vector_parts"), schema: .content)

    /// Documents from before it say nothing of what was not read until they are read again.
    private static let pictures = Migration(
        "library", 9, "pages that are pictures, and notes on how a document was read",
        [
            "ALTER TABLE documents ADD COLUMN notes jsonb NOT NULL DEFAULT '[]'",
            // `picture`: see `PagePicture`; `result`: see `RecognisedPage`, null until the page is read.
            """
            CREATE TABLE page_pictures (
                document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
                number bigint NOT NULL,
                user_id uuid NOT NULL,
                picture jsonb NOT NULL,
                result jsonb,
                PRIMARY KEY (document_id, number)
            )
            """,
        ], only: RowSecurity.enable(table: "page_pictures"), schema: .content)

    /// Documents from before it are shown as paragraphs alone until they are read again.
    private static let blocks = Migration(
        "library", 10, "tables, code and formulas of a page",
        ["ALTER TABLE document_pages ADD COLUMN blocks jsonb NOT NULL DEFAULT '[]'"], schema: .content)

    /// Documents from before it have terms of the first analyzer, and are indexed anew when the program starts.
    private static let keywordVersion = Migration(
        "library", 11, "which analyzer made a document's keywords",
        [
            "ALTER TABLE documents ADD COLUMN keyword_version bigint NOT NULL DEFAULT 1",
            "CREATE INDEX documents_by_keyword_version ON documents (keyword_version)",
        ], schema: .content)

    /// Segments from before it are searched as English until their documents are indexed anew, when the program starts.
    private static let keywordLanguages = Migration(
        "library", 12, "which languages a segment of keywords has, English left out",
        ["ALTER TABLE keyword_segments ADD COLUMN languages text NOT NULL DEFAULT ''"], schema: .content)

    /// Documents from before it have no times.
    private static let stages = Migration(
        "library", 13, "the stages that a document has gone through",
        ["ALTER TABLE documents ADD COLUMN stages jsonb NOT NULL DEFAULT '[]'"], schema: .content)

    /// See `EditionStore`.
    private static let editions = Migration(
        "library", 14, "versions of documents",
        [
            "ALTER TABLE documents ADD COLUMN edition_of uuid REFERENCES documents (id) ON DELETE CASCADE",
            "ALTER TABLE documents ADD COLUMN edition text CHECK (edition IN ('draft', 'past'))",
            "ALTER TABLE documents ADD COLUMN version bigint NOT NULL DEFAULT 1",
            "ALTER TABLE documents ADD COLUMN version_at timestamptz",
            "ALTER TABLE documents ADD COLUMN file text",
            "CREATE INDEX documents_by_edition ON documents (edition_of)",
            "CREATE INDEX documents_by_file ON documents (file)",
        ], schema: .content)

    /// Documents from before it say nothing of their authors until they are read again.
    private static let metadata = Migration(
        "library", 15, "authors, dates, languages, and what files call their pages",
        [
            // See `DocumentMetadata` and `PageLabels`.
            "ALTER TABLE documents ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}'",
            "ALTER TABLE documents ADD COLUMN page_labels jsonb NOT NULL DEFAULT '[]'",
        ], schema: .content)

    /// The first process that reads documents says which model they are searched by. See `SearchModel`.
    private static let searchModel = Migration(
        "library", 17, "vectors of a second model beside those that serve",
        [
            "CREATE TABLE search_model (id bigint PRIMARY KEY, serving text NOT NULL, tables bigint NOT NULL, next text)",
            "ALTER TABLE documents ADD COLUMN next_model text",
            // As those that they stand beside.
            """
            CREATE TABLE other_chunk_vectors (
                chunk_id uuid PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
                document_id uuid NOT NULL,
                user_id uuid NOT NULL,
                model text NOT NULL,
                vectors bytea NOT NULL
            )
            """,
            "CREATE INDEX other_chunk_vectors_by_document ON other_chunk_vectors (document_id)",
            """
            CREATE TABLE other_vector_parts (
                document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
                part bigint NOT NULL,
                user_id uuid NOT NULL,
                model text NOT NULL,
                vectors bytea NOT NULL,
                PRIMARY KEY (document_id, part)
            )
            """,
        ],
        only: ["other_chunk_vectors", "other_vector_parts"].reduce(into: [:]) {
            $0.merge(RowSecurity.enable(table: $1), uniquingKeysWith: +)
        }, schema: .content)

    private static let documents = Migration(
        "library", 1, "documents, pages, chunks, vectors and keywords",
        [
            """
            CREATE TABLE documents (
                id uuid PRIMARY KEY,
                user_id uuid NOT NULL,
                title text NOT NULL,
                is_title_chosen boolean NOT NULL,
                subject text,
                filename text NOT NULL,
                media_type text NOT NULL,
                size bigint NOT NULL,
                sha256 text NOT NULL,
                status text NOT NULL CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
                stage text NOT NULL,
                done bigint NOT NULL,
                total bigint NOT NULL,
                is_paged boolean NOT NULL,
                page_count bigint,
                chunk_count bigint,
                problem_code text,
                problem_message text,
                job_id uuid,
                embedding_model text,
                revision bigint NOT NULL,
                created_at timestamptz NOT NULL,
                updated_at timestamptz NOT NULL,
                UNIQUE (user_id, sha256)
            )
            """,
            "CREATE INDEX documents_by_user ON documents (user_id, created_at)",
            "CREATE INDEX documents_by_content ON documents (sha256)",
            "CREATE INDEX documents_by_status ON documents (status)",
            """
            CREATE TABLE document_pages (
                document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
                user_id uuid NOT NULL,
                number bigint NOT NULL,
                text text NOT NULL,
                headings jsonb NOT NULL,
                PRIMARY KEY (document_id, number)
            )
            """,
            """
            CREATE TABLE chunks (
                id uuid PRIMARY KEY,
                document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
                user_id uuid NOT NULL,
                ordinal bigint NOT NULL,
                text text NOT NULL,
                section text,
                page bigint,
                spans jsonb NOT NULL,
                token_count bigint NOT NULL,
                UNIQUE (document_id, ordinal)
            )
            """,
            // A chunk's windows one after the other, each of as many little-endian 32-bit floats as the model has dimensions.
            """
            CREATE TABLE chunk_vectors (
                chunk_id uuid PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
                document_id uuid NOT NULL,
                user_id uuid NOT NULL,
                model text NOT NULL,
                vectors bytea NOT NULL
            )
            """,
            "CREATE INDEX chunk_vectors_by_document ON chunk_vectors (document_id)",
            // Of each chunk, in order: its id in 16 bytes, and how many terms it has, as a LEB128 number.
            """
            CREATE TABLE keyword_documents (
                document_id uuid PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
                user_id uuid NOT NULL,
                chunk_ids bytea NOT NULL,
                lengths bytea NOT NULL
            )
            """,
            "CREATE INDEX keyword_documents_by_user ON keyword_documents (user_id)",
            // Where a term occurs in a document; see `Postings`. Found by equality of text alone, which PostgreSQL may evaluate before
            // the row-level security check; full-text operators it may not, so their indexes would not be used.
            """
            CREATE TABLE keyword_postings (
                user_id uuid NOT NULL,
                term text NOT NULL,
                document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
                postings bytea NOT NULL,
                PRIMARY KEY (user_id, term, document_id)
            )
            """,
            "CREATE INDEX keyword_postings_by_document ON keyword_postings (document_id)",
        ],
        only: tables.reduce(into: [:]) { $0.merge(RowSecurity.enable(table: $1), uniquingKeysWith: +) },
        schema: .content)
}
