package import Database
import Sharing

package enum CoursesMigrations {
    package static let all: [Migration] = [
        Migration(
            "courses", 1, "courses",
            [
                // `name_key` is what names are compared by; the program makes it, since the databases fold letters differently.
                """
                CREATE TABLE courses (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    name text NOT NULL,
                    name_key text NOT NULL,
                    colour text NOT NULL,
                    term text,
                    exam_date text CHECK (length(exam_date) = 10),
                    is_archived boolean NOT NULL,
                    position bigint NOT NULL,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL,
                    UNIQUE (user_id, name_key)
                )
                """,
                "CREATE INDEX courses_by_position ON courses (user_id, position)",
            ], only: RowSecurity.enable(table: "courses"), schema: .content),
        SharedCourse.shares.migration("courses", 2, of: "courses"),
        SharedCourse.shares.classes("courses", 3),
    ]
}
