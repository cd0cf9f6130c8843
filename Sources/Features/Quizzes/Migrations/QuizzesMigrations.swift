package import Database
import Sharing

package enum QuizzesMigrations {
    package static let all: [Migration] = [
        Migration(
            "quizzes", 1, "quizzes, the bank of questions, attempts and answers",
            [
                """
                CREATE TABLE quizzes (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    course_id uuid REFERENCES courses (id) ON DELETE SET NULL,
                    title text NOT NULL,
                    status text NOT NULL CHECK (status IN ('generating', 'ready', 'failed')),
                    wish jsonb,
                    making jsonb NOT NULL,
                    problem text,
                    job_id uuid,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX quizzes_by_user ON quizzes (user_id, created_at)",
                "CREATE INDEX quizzes_by_course ON quizzes (course_id)",
                """
                CREATE TABLE quiz_questions (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    kind text NOT NULL,
                    stem text NOT NULL,
                    content jsonb NOT NULL,
                    explanation text NOT NULL,
                    citation jsonb,
                    topic text NOT NULL,
                    tags jsonb NOT NULL,
                    level bigint NOT NULL,
                    bloom text NOT NULL,
                    points double precision NOT NULL,
                    origin text NOT NULL,
                    making text,
                    is_edited boolean NOT NULL,
                    is_flagged boolean NOT NULL,
                    version bigint NOT NULL,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX quiz_questions_by_user ON quiz_questions (user_id, created_at)",
                // What a quiz asks, in its order.
                """
                CREATE TABLE quiz_items (
                    quiz_id uuid NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
                    question_id uuid NOT NULL REFERENCES quiz_questions (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    position bigint NOT NULL,
                    PRIMARY KEY (quiz_id, question_id)
                )
                """,
                "CREATE INDEX quiz_items_by_question ON quiz_items (question_id)",
                "CREATE INDEX quiz_items_by_user ON quiz_items (user_id)",
                // `questions` are as they were asked: an attempt outlives what is done to the bank.
                """
                CREATE TABLE quiz_attempts (
                    id uuid PRIMARY KEY,
                    quiz_id uuid NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    mode text NOT NULL CHECK (mode IN ('practice', 'exam')),
                    client_id text,
                    questions jsonb NOT NULL,
                    position bigint NOT NULL,
                    deadline timestamptz,
                    started_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL,
                    submitted_at timestamptz,
                    score double precision,
                    total_points double precision NOT NULL
                )
                """,
                "CREATE UNIQUE INDEX quiz_attempts_once ON quiz_attempts (user_id, quiz_id, client_id) WHERE client_id IS NOT NULL",
                // One open attempt at a quiz, whichever device it is on.
                "CREATE UNIQUE INDEX quiz_attempts_open ON quiz_attempts (user_id, quiz_id) WHERE submitted_at IS NULL",
                "CREATE INDEX quiz_attempts_by_quiz ON quiz_attempts (quiz_id, started_at)",
                """
                CREATE TABLE quiz_answers (
                    attempt_id uuid NOT NULL REFERENCES quiz_attempts (id) ON DELETE CASCADE,
                    question_id uuid NOT NULL,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    answer text,
                    is_flagged boolean NOT NULL,
                    answered_at timestamptz,
                    judgement jsonb,
                    share double precision,
                    topic text NOT NULL,
                    PRIMARY KEY (attempt_id, question_id)
                )
                """,
                "CREATE INDEX quiz_answers_by_question ON quiz_answers (question_id)",
                "CREATE INDEX quiz_answers_by_user ON quiz_answers (user_id, answered_at)",
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "quizzes"), RowSecurity.enable(table: "quiz_questions"),
                RowSecurity.enable(table: "quiz_items"), RowSecurity.enable(table: "quiz_attempts"),
                RowSecurity.enable(table: "quiz_answers")),
            schema: .interaction),
        Migration(
            "quizzes", 2, "what cards tell of missed questions",
            [
                """
                CREATE TABLE quiz_recalls (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    question_id uuid NOT NULL,
                    topic text NOT NULL,
                    share double precision NOT NULL,
                    weight double precision NOT NULL,
                    recalled_at timestamptz NOT NULL,
                    is_undone boolean NOT NULL
                )
                """,
                "CREATE INDEX quiz_recalls_by_user ON quiz_recalls (user_id, recalled_at)",
            ],
            only: RowSecurity.enable(table: "quiz_recalls"), schema: .interaction),
        Migration(
            "quizzes", 3, "quizzes that others may take",
            [
                "ALTER TABLE quizzes ADD COLUMN for_course boolean NOT NULL DEFAULT false",
                // Of the quiz, which who takes another's cannot look up later.
                "ALTER TABLE quiz_attempts ADD COLUMN course_id uuid REFERENCES courses (id) ON DELETE SET NULL",
                """
                UPDATE quiz_attempts
                SET course_id = (SELECT z.course_id FROM quizzes z WHERE z.id = quiz_attempts.quiz_id)
                """,
                "CREATE INDEX quiz_attempts_by_course ON quiz_attempts (course_id)",
                // No reference: it is another's, and may be gone.
                "ALTER TABLE quiz_questions ADD COLUMN copied_from uuid",
                "CREATE INDEX quiz_questions_by_original ON quiz_questions (user_id, copied_from)",
            ], schema: .interaction),
        QuizAccess.shares.migration("quizzes", 4, of: "quizzes", schema: .interaction),
        QuizAccess.shares.classes("quizzes", 5, schema: .interaction),
    ]
}
