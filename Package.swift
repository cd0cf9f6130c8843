// swift-tools-version: 6.2
import PackageDescription

// Every target stands in this one table: a room, its floor, and what it may import. `make lint` checks that no source imports
// past it, and `Docs/Modules.md` says what each room is for.

/// Targets are built with the same settings; a module that needs more names it in its own entry.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// `LM_BASELINE=1` builds for any x86-64 processor; else numeric kernels want AVX2.
let baseline = Context.environment["LM_BASELINE"] != nil

/// For numeric kernels: AVX2, and optimised in debug builds too, where they would be a hundred times slower.
let vectorised: [SwiftSetting] =
    [.unsafeFlags(["-O"], .when(configuration: .debug))] + (baseline ? [] : [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])])

/// For loops over samples and tensors: optimised in debug builds too.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

func room(_ floor: String, _ name: String, _ uses: [String] = [], extra: [SwiftSetting] = []) -> Target {
    .target(
        name: name, dependencies: uses.map { .byName(name: $0) }, path: "Sources/\(floor)/\(name)",
        swiftSettings: settings + extra)
}

func library(_ name: String, pkgConfig: String? = nil, package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func tests(_ name: String, _ uses: [String], resources: [Resource] = [], extra: [SwiftSetting] = []) -> Target {
    .testTarget(
        name: name, dependencies: uses.map { .byName(name: $0) }, path: "Tests/\(name)", resources: resources,
        swiftSettings: settings + extra)
}

func kit(_ name: String, _ uses: [String]) -> Target {
    .target(name: name, dependencies: uses.map { .byName(name: $0) }, path: "Tests/\(name)", swiftSettings: settings)
}

let c: [Target] = [
    .target(name: "CLinux", path: "Sources/C/CLinux"),
    // A program of its own, which every program that holds the room Sandbox has beside it. Static, and without Swift's libraries: it runs
    // where there is nothing else.
    .executableTarget(
        name: "lm-confine", path: "Sources/C/Confine",
        linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-executable"])]),
    .target(name: "CProcessor", path: "Sources/C/CProcessor"),
    library("CSQLite", pkgConfig: "sqlite3", package: "libsqlite3-dev"),
    library("CPostgreSQL", pkgConfig: "libpq", package: "libpq-dev"),
    library("COpenSSL", pkgConfig: "libcrypto", package: "libssl-dev"),
    library("CArgon2", pkgConfig: "libargon2", package: "libargon2-dev"),
    library("CCurl", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),
    library("CZlib", pkgConfig: "zlib", package: "zlib1g-dev"),
    library("CZstd", package: "libzstd-dev"),
    library("CDNNL", package: "libdnnl-dev"),
    library("CXML", pkgConfig: "libxml-2.0", package: "libxml2-dev"),
    library("CStemmer", package: "libstemmer-dev"),
    library("CFlite", package: "flite1-dev"),
    .target(name: "CSpeech", path: "Sources/C/CSpeech"),
    library("CGeoIP", pkgConfig: "geoip", package: "libgeoip-dev"),
    library("CQREncode", pkgConfig: "libqrencode", package: "libqrencode-dev"),
    library("CUchardet", pkgConfig: "uchardet", package: "libuchardet-dev"),
]

let platform: [Target] = [
    room("Platform", "Failures"),
    room("Platform", "Ambient"),
    room("Platform", "TimeZones", extra: optimised),
    room("Platform", "Concurrency", ["CLinux", "Failures"]),
    room("Platform", "Processor", ["CProcessor"], extra: baseline ? [.define("LM_BASELINE")] : []),
    room("Platform", "Telemetry", ["Ambient", "Failures"]),
    room("Platform", "Settings", ["Failures"]),
    room("Platform", "Lifecycle", ["CLinux", "Concurrency", "Failures", "Telemetry"]),
    room("Platform", "Cryptography", ["Concurrency", "Failures", "COpenSSL", "CArgon2"]),
    room("Platform", "Sandbox", ["CLinux", "Concurrency", "Failures", "Telemetry", "lm-confine"]),
    room("Platform", "Signals", ["Failures", "Lifecycle", "Telemetry"]),
    room("Platform", "Database", ["Ambient", "Concurrency", "Failures", "Signals", "Telemetry"]),
    room("Platform", "HTTPMessages"),
    room("Platform", "JSON"),
    room(
        "Platform", "HTTPServing",
        ["Ambient", "Concurrency", "Cryptography", "CZlib", "Failures", "HTTPMessages", "JSON", "Telemetry"]),
    room(
        "Platform", "HTTPEngine",
        ["Ambient", "CLinux", "Concurrency", "Failures", "HTTPMessages", "HTTPServing", "Lifecycle", "Telemetry"]),
    room("Platform", "WebSockets", ["Concurrency", "Cryptography", "Failures", "HTTPMessages", "HTTPServing"]),
    room("Platform", "Mail", ["Failures", "HTTPMessages", "Telemetry"]),
    room("Platform", "HTTPClient", ["CCurl", "Concurrency", "Failures", "HTTPMessages", "Telemetry"]),
    room(
        "Platform", "OpenID", ["Ambient", "Cryptography", "Failures", "HTTPClient", "HTTPMessages", "Telemetry"]),
    room("Platform", "WebAuthn", ["COpenSSL", "Cryptography"]),
    room("Platform", "WebPush", ["Cryptography", "Failures", "HTTPClient", "HTTPMessages"]),
    room(
        "Platform", "Events",
        ["Ambient", "Concurrency", "Database", "Failures", "HTTPMessages", "HTTPServing", "Lifecycle", "Signals", "Telemetry"]),
    room(
        "Platform", "Jobs",
        [
            "Ambient", "Concurrency", "Database", "Events", "Failures", "HTTPServing", "Lifecycle", "Signals", "Telemetry",
            "TimeZones",
        ]),
    room(
        "Platform", "Assembly",
        [
            "Ambient", "BlobStorage", "Database", "Events", "Failures", "HTTPServing", "JSON", "Jobs", "Lifecycle", "Settings",
            "Signals",
            "Telemetry",
        ]),
    room("Platform", "Graphs", ["Ambient", "Concurrency", "Database", "Failures", "Telemetry"]),
    room("Platform", "Manuscript"),
    room("Platform", "Places", ["CGeoIP"]),
    room("Platform", "QRCodes", ["CQREncode"]),
    room("Platform", "Stemming", ["CStemmer"]),
    room("Platform", "Reading", ["CSQLite", "CUchardet", "CXML", "CZlib", "CZstd", "Manuscript"]),
    room("Platform", "TypedText", []),
    room("Platform", "Packing", ["CSQLite", "CZlib", "Manuscript"]),
    room(
        "Platform", "Backup",
        [
            "Ambient", "Concurrency", "Cryptography", "CZstd", "Failures", "HTTPClient", "HTTPMessages", "Lifecycle", "Telemetry",
        ]),
    room("Platform", "BlobStorage", ["Ambient", "CLinux", "Concurrency", "Cryptography", "Failures", "Telemetry"]),
]

/// Programs that run within the sandbox, and hold all that parses untrusted files.
let sandboxed: [Target] = [
    // With Swift's own libraries inside: within the walls there are none.
    .executableTarget(
        name: "lm-read", dependencies: ["Manuscript", "Reading"], path: "Sources/lm-read", swiftSettings: settings,
        linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
    .executableTarget(
        name: "lm-speech", dependencies: ["SpeechEngines", "SpeechMessages"], path: "Sources/lm-speech", swiftSettings: settings,
        linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
]

let intelligence: [Target] = [
    room("Intelligence", "Embedding", ["CDNNL", "Concurrency", "Failures"], extra: vectorised),
    room("Intelligence", "Spacing", extra: optimised),
    room("Intelligence", "Planning", ["Manuscript", "Spacing", "TimeZones"], extra: optimised),
    room("Intelligence", "Vectors", ["Concurrency", "Failures"], extra: vectorised),
    room(
        "Intelligence", "LanguageModels",
        ["Ambient", "Concurrency", "Embedding", "Failures", "HTTPClient", "HTTPMessages", "JSON", "Stemming"]),
    room("Intelligence", "Parsing", ["Failures"], extra: vectorised),
    room("Intelligence", "Questions", ["Ambient", "Concurrency", "Embedding", "JSON", "LanguageModels", "Parsing", "Stemming"]),
    room("Intelligence", "Summaries", ["Ambient", "Embedding", "LanguageModels", "Questions"], extra: optimised),
    .target(
        name: "Recollection", dependencies: ["Ambient", "Database", "JSON", "LanguageModels"],
        path: "Sources/Intelligence/Recollection",
        resources: [.embedInCode("Prompts/remember.md")], swiftSettings: settings),
]

let speech: [Target] = [
    room("Intelligence", "SpeechMessages"),
    room("Intelligence", "Spectra", extra: optimised),
    // Held by `lm-speech` alone.
    room("Intelligence", "SpeechEngines", ["CFlite", "CSpeech", "Spectra", "SpeechMessages"], extra: optimised),
    .target(
        name: "SpeechModels", dependencies: ["Cryptography", "Failures", "Spectra"], path: "Sources/Intelligence/SpeechModels",
        resources: [.embedInCode("fetch.py")], swiftSettings: settings + optimised),
    room(
        "Intelligence", "Speech",
        [
            "Ambient", "Concurrency", "Cryptography", "Failures", "HTTPClient", "HTTPMessages", "Lifecycle", "Sandbox",
            "SpeechMessages", "SpeechModels", "Telemetry", "lm-speech",
        ], extra: optimised),
]

let features: [Target] = [
    room(
        "Features", "Accounts",
        [
            "Ambient", "Assembly", "BlobStorage", "Concurrency", "Cryptography", "Database", "Events", "Failures", "HTTPMessages",
            "HTTPServing",
            "JSON", "Jobs", "Lifecycle", "Manuscript", "Packing", "Places", "QRCodes", "Sandbox", "Settings", "Signals",
            "Telemetry", "WebAuthn", "lm-read",
        ]),
    room(
        "Features", "FederatedSignIn",
        [
            "Accounts", "Ambient", "Assembly", "Cryptography", "Database", "Events", "Failures", "HTTPClient", "HTTPMessages",
            "HTTPServing", "OpenID", "Settings", "Telemetry",
        ]),
    room(
        "Features", "Tokens",
        [
            "Accounts", "Ambient", "Assembly", "Cryptography", "Database", "Events", "Failures", "HTTPMessages", "HTTPServing",
        ]),
    room(
        "Features", "Audit",
        [
            "Accounts", "Ambient", "Assembly", "Cryptography", "Database", "Events", "Failures", "HTTPMessages", "HTTPServing",
            "Jobs",
            "Lifecycle", "Settings", "Telemetry",
        ]),
    room("Features", "Passages", ["Ambient"]),
    room(
        "Features", "Sharing", ["Accounts", "Ambient", "Database", "Events", "Failures", "HTTPMessages", "HTTPServing"]),
    room(
        "Features", "Courses",
        ["Accounts", "Ambient", "Assembly", "Database", "Events", "Failures", "HTTPMessages", "HTTPServing", "Sharing"]),
    room(
        "Features", "Cards",
        [
            "Ambient", "Assembly", "BlobStorage", "Concurrency", "Courses", "Database", "Events", "Failures", "HTTPMessages",
            "HTTPServing", "JSON", "Jobs", "Manuscript", "Packing", "Passages", "Sandbox", "Spacing", "TypedText", "lm-read",
        ]),
    room(
        "Features", "Library",
        [
            "Accounts", "Ambient", "Assembly", "BlobStorage", "Concurrency", "Courses", "Cryptography",
            "Database", "Embedding", "Events", "Failures",
            "HTTPClient", "HTTPMessages",
            "HTTPServing", "Jobs", "Manuscript", "Passages", "Sandbox", "Settings", "Sharing", "Stemming", "Telemetry", "Vectors",
            "lm-read",
        ]),
    room(
        "Features", "ReadAloud",
        [
            "Ambient", "Assembly", "BlobStorage", "Concurrency", "Cryptography", "Database", "Events", "Failures", "HTTPClient",
            "HTTPMessages", "HTTPServing", "Jobs", "Lifecycle", "Settings", "Speech", "SpeechModels", "Telemetry",
        ]),
    room(
        "Features", "Transcripts",
        [
            "Ambient", "Assembly", "BlobStorage", "Concurrency", "Cryptography", "Database", "Events", "Failures", "HTTPClient",
            "HTTPMessages", "HTTPServing", "Jobs", "Settings", "Speech", "Telemetry",
        ]),
    room(
        "Features", "Memories",
        [
            "Ambient", "Assembly", "Database", "Embedding", "Events", "Failures", "HTTPMessages", "HTTPServing", "Jobs",
            "LanguageModels",
            "Recollection",
        ]),
    room(
        "Features", "Chat",
        [
            "Ambient", "Assembly", "Concurrency", "Courses", "Database", "Embedding", "Events", "Failures", "Graphs",
            "HTTPMessages", "HTTPServing", "JSON", "Jobs", "LanguageModels", "Lifecycle", "Passages", "Recollection", "Signals",
            "Telemetry",
        ]),
    room(
        "Features", "Companion",
        [
            "Ambient", "Assembly", "BlobStorage", "Concurrency", "Courses", "Database", "Failures", "Graphs", "HTTPMessages",
            "HTTPServing", "Jobs", "LanguageModels", "Passages", "Speech", "Summaries", "Telemetry", "WebSockets",
        ]),
    room("Features", "SourceTexts", ["Ambient", "Courses", "Passages", "Questions"]),
    room(
        "Features", "Notes",
        [
            "Ambient", "Assembly", "Concurrency", "Courses", "Database", "Embedding", "Events", "Failures", "HTTPMessages",
            "HTTPServing", "JSON", "Jobs", "LanguageModels", "Passages", "Questions", "Sandbox", "SourceTexts", "Summaries",
            "TypedText",
        ]),
    room(
        "Features", "Quizzes",
        [
            "Accounts", "Ambient", "Assembly", "BlobStorage", "Concurrency", "Courses", "Database", "Events", "Failures",
            "HTTPMessages", "HTTPServing", "JSON", "Jobs", "LanguageModels", "Manuscript", "Packing", "Passages", "Questions",
            "Sandbox", "Sharing",
            "SourceTexts", "Telemetry", "TypedText", "lm-read",
        ]),
    room(
        "Features", "Classes",
        [
            "Accounts", "Ambient", "Assembly", "Cryptography", "Database", "Events", "Failures", "HTTPServing", "Jobs", "Sharing",
            "Telemetry", "TypedText",
        ]),
    room(
        "Features", "LearningPlatforms",
        [
            "Accounts", "Ambient", "Assembly", "Cryptography", "Database", "Events", "Failures", "HTTPClient", "HTTPMessages",
            "HTTPServing", "Jobs", "OpenID", "Settings", "Sharing", "Telemetry", "TypedText",
        ]),
    room(
        "Features", "Planner",
        [
            "Accounts", "Ambient", "Assembly", "BlobStorage", "Concurrency", "Courses", "Cryptography", "Database", "Events",
            "Failures",
            "HTTPClient", "HTTPMessages", "HTTPServing", "Jobs", "Manuscript", "Planning", "Sandbox", "TimeZones", "lm-read",
        ]),
    room(
        "Features", "Notifications",
        [
            "Accounts", "Ambient", "Assembly", "Cryptography", "Database", "Events", "Failures", "HTTPClient", "HTTPMessages",
            "HTTPServing", "Jobs", "Mail", "Settings", "TimeZones", "WebPush",
        ]),
]

let adapters: [Target] = [
    room("Adapters", "AmazonKeyService", ["Ambient", "Cryptography", "Failures", "HTTPClient", "HTTPMessages"]),
    room("Adapters", "EventWebhook", ["Events", "HTTPClient", "HTTPMessages"]),
    room(
        "Adapters", "LearningRecordStore",
        ["Ambient", "Cryptography", "Events", "HTTPClient", "HTTPMessages", "JSON", "Telemetry"]),
    room("Adapters", "OTLPTraces", ["HTTPClient", "HTTPMessages", "Lifecycle", "Telemetry"]),
    room("Adapters", "SMTPMail", ["CCurl", "Concurrency", "Cryptography", "Mail"]),
    room(
        "Adapters", "SQLiteDatabase",
        ["Backup", "CLinux", "Concurrency", "CSQLite", "Database", "Failures", "Signals", "Telemetry"]),
    room(
        "Adapters", "PostgresDatabase",
        ["Ambient", "Backup", "CLinux", "Concurrency", "CPostgreSQL", "Database", "Failures", "Signals", "Telemetry"]),
]

let app: [Target] = [
    .target(
        name: "App",
        dependencies: [
            "Accounts", "AmazonKeyService", "Ambient", "Assembly", "Audit", "Backup", "BlobStorage", "Cards", "Chat", "Classes",
            "Companion",
            "Concurrency",
            "Courses",
            "Cryptography",
            "Database", "Embedding", "EventWebhook",
            "Events",
            "Failures", "FederatedSignIn", "HTTPClient", "HTTPEngine", "HTTPMessages", "HTTPServing", "Jobs", "LanguageModels",
            "LearningPlatforms", "LearningRecordStore",
            "Library",
            "Lifecycle", "Mail", "Memories", "Notes", "Notifications", "OTLPTraces",
            "Passages", "Planner", "PostgresDatabase", "Processor", "Questions", "Quizzes", "ReadAloud", "Recollection",
            "SMTPMail", "SQLiteDatabase",
            "Sandbox",
            "Settings",
            "Signals", "SourceTexts", "Speech", "Telemetry", "TimeZones", "Tokens", "Transcripts",
        ],
        path: "Sources/App", swiftSettings: settings),
    .executableTarget(
        name: "lm",
        dependencies: [
            "App", "Assembly", "Backup", "Database", "Failures", "Lifecycle", "Settings", "Speech", "SpeechModels", "Telemetry",
        ],
        path: "Sources/lm", swiftSettings: settings),
]

/// Programs that `make bench` runs.
let benchmarks: [Target] = [
    .executableTarget(
        name: "intelligence-bench", dependencies: ["Embedding", "Processor", "Vectors"], path: "Benchmarks/Embedding",
        exclude: ["run.py"], swiftSettings: settings),
    .executableTarget(
        name: "http-bench", dependencies: ["HTTPEngine", "HTTPMessages", "HTTPServing", "Lifecycle", "Telemetry"],
        path: "Benchmarks/HTTP/Server", swiftSettings: settings),
    .executableTarget(
        name: "growth-bench",
        dependencies: [
            "Accounts", "Ambient", "Courses", "Database", "Embedding", "Events", "Jobs", "Library", "Passages",
            "PostgresDatabase", "SQLiteDatabase", "Vectors",
        ],
        path: "Benchmarks/Growth", exclude: ["Notes.md", "run.py"], swiftSettings: settings),
    .executableTarget(
        name: "memory-bench", dependencies: ["Recollection"], path: "Benchmarks/Memory", exclude: ["Notes.md", "run.py"],
        swiftSettings: settings),
    .executableTarget(
        name: "questions-bench", dependencies: ["Embedding", "Parsing", "Questions"], path: "Benchmarks/Questions",
        exclude: ["Notes.md", "answers.tsv", "judged.tsv", "run.py", "unseen.py"], swiftSettings: settings),
    .executableTarget(
        name: "cards-bench",
        dependencies: [
            "Accounts", "Ambient", "Cards", "Courses", "Database", "Events", "Jobs", "PostgresDatabase", "SQLiteDatabase",
            "Spacing",
        ],
        path: "Benchmarks/Cards", exclude: ["packages.py", "run.py"], swiftSettings: settings),
    .executableTarget(
        name: "jobs-bench", dependencies: ["Database", "Jobs", "Lifecycle", "PostgresDatabase", "SQLiteDatabase"],
        path: "Benchmarks/Jobs", exclude: ["run.py"], swiftSettings: settings),
    .executableTarget(
        name: "planner-bench", dependencies: ["Planning", "TimeZones"], path: "Benchmarks/Planner", exclude: ["run.py"],
        swiftSettings: settings),
    .executableTarget(
        name: "signal-bench", dependencies: ["Database", "PostgresDatabase", "Signals"], path: "Benchmarks/Signals",
        swiftSettings: settings),
]

let testing: [Target] = [
    kit("DatabaseTesting", ["CLinux", "Concurrency", "Database", "Failures", "PostgresDatabase", "SQLiteDatabase", "Telemetry"]),
    tests("PlatformTests", ["Ambient", "Concurrency", "Failures", "Lifecycle", "Places", "Settings", "Telemetry"]),
    tests("WebAuthnTests", ["Cryptography", "WebAuthn"], resources: [.copy("Fixtures")]),
    tests("CryptographyTests", ["Cryptography", "Failures"]),
    tests("ReadingTests", ["Manuscript", "Reading"]),
    tests("SpeechEnginesTests", ["SpeechEngines", "SpeechMessages"]),
    tests("SpeechModelsTests", ["Spectra", "SpeechModels"]),
    tests(
        "SpeechTests",
        [
            "Ambient", "Concurrency", "Failures", "HTTPClient", "Sandbox", "ScriptedServing", "SeededTesting", "Speech",
            "SpeechMessages",
            "Telemetry",
        ]),
    tests(
        "ReadAloudTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "BlobStorage", "Database", "DatabaseTesting", "Events", "HTTPMessages",
            "HTTPServing", "HTTPServingTesting", "Jobs", "ReadAloud", "Speech", "Telemetry",
        ]),
    tests(
        "TranscriptsTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "BlobStorage", "Database", "DatabaseTesting", "Events", "Failures",
            "HTTPMessages",
            "HTTPServing",
            "HTTPServingTesting", "Jobs", "SeededTesting", "Speech", "Telemetry", "Transcripts", "Cryptography",
        ]),
    tests("SandboxTests", ["Concurrency", "Failures", "Sandbox"]),
    tests(
        "DatabaseTests",
        [
            "Ambient", "CSQLite", "Concurrency", "Database", "DatabaseTesting", "Failures", "Lifecycle",
            "PostgresDatabase", "Signals",
            "SQLiteDatabase",
        ]),
    kit("SeededTesting", []),
    tests("HTTPMessagesTests", ["HTTPMessages"]),
    kit("HTTPServingTesting", ["Failures", "HTTPMessages", "HTTPServing"]),
    tests(
        "HTTPServingTests",
        [
            "Ambient", "CZlib", "Failures", "HTTPMessages", "HTTPServing", "HTTPServingTesting", "JSON", "SeededTesting",
            "Telemetry",
        ]),
    tests(
        "HTTPEngineTests",
        [
            "CLinux", "Concurrency", "Failures", "HTTPEngine", "HTTPMessages", "HTTPServing", "Lifecycle", "SeededTesting",
            "Telemetry", "WebSockets",
        ]),
    tests("GraphsTests", ["AccountsTesting", "Ambient", "Database", "DatabaseTesting", "Graphs"]),
    tests("WebSocketsTests", ["SeededTesting", "WebSockets"]),
    kit("ScriptedServing", ["Concurrency"]),
    .target(name: "ResolverTesting", path: "Tests/ResolverTesting"),
    tests(
        "HTTPClientTests", ["Concurrency", "Failures", "HTTPClient", "HTTPMessages", "ResolverTesting", "ScriptedServing"]),
    tests(
        "AuditTests",
        [
            "Ambient", "Assembly", "Audit", "Cryptography", "Database", "DatabaseTesting", "Events", "Jobs", "Lifecycle",
            "Settings",
            "Telemetry",
        ]),
    tests(
        "TracingTests",
        [
            "Ambient", "Database", "DatabaseTesting", "Events", "HTTPClient", "HTTPMessages", "HTTPServing", "HTTPServingTesting",
            "JSON", "Jobs", "Lifecycle", "OTLPTraces", "ScriptedServing", "Telemetry",
        ]),
    tests(
        "EventsTests",
        [
            "Ambient", "Database", "DatabaseTesting", "Events", "Failures", "HTTPMessages", "HTTPServing", "HTTPServingTesting",
            "Lifecycle", "Signals",
        ]),
    tests(
        "JobsTests",
        [
            "Ambient", "Database", "DatabaseTesting", "Events", "Failures", "HTTPServing", "HTTPServingTesting", "Jobs",
            "Lifecycle", "Signals", "TimeZones",
        ]),
    tests(
        "LearningRecordStoreTests",
        ["Ambient", "Events", "HTTPClient", "JSON", "LearningRecordStore", "ScriptedServing"]),
    tests("EventWebhookTests", ["Ambient", "EventWebhook", "Events", "HTTPClient", "JSON", "ScriptedServing"]),
    tests("MailTests", ["Mail"]),
    tests("WebPushTests", ["Cryptography", "WebPush"]),
    tests(
        "BackupTests", ["Ambient", "Backup", "CSQLite", "Cryptography", "Database", "Failures", "SQLiteDatabase"]),
    tests("BlobStorageTests", ["BlobStorage", "Cryptography", "Failures"]),
    tests("EmbeddingTests", ["Embedding", "Failures", "Processor"], resources: [.copy("Fixtures")]),
    tests("QuestionsTests", ["Ambient", "Embedding", "LanguageModels", "Questions"]),
    tests("ParsingTests", ["Parsing"], resources: [.copy("Fixtures")]),
    tests("SpacingTests", ["SeededTesting", "Spacing"], resources: [.copy("Fixtures")]),
    tests("VectorsTests", ["SeededTesting", "Vectors"]),
    tests(
        "LanguageModelsTests",
        ["Ambient", "Embedding", "Failures", "HTTPClient", "JSON", "LanguageModels", "ScriptedServing"]),
    tests("RecollectionTests", ["Recollection"], resources: [.copy("Fixtures")]),
    tests(
        "AccountsTests",
        [
            "Accounts", "Ambient", "Cryptography", "Database", "DatabaseTesting", "Events", "Failures", "HTTPMessages",
            "HTTPServing", "HTTPServingTesting", "JSON", "Jobs", "Lifecycle", "Places", "Signals", "WebAuthn",
        ]),
    kit("OpenIDTesting", ["Cryptography", "JSON", "ScriptedServing"]),
    tests("OpenIDTests", ["Ambient", "Cryptography", "JSON", "OpenID", "OpenIDTesting", "ScriptedServing"]),
    tests(
        "FederatedSignInTests",
        [
            "Accounts", "Ambient", "Cryptography", "Database", "DatabaseTesting", "Events", "FederatedSignIn",
            "HTTPMessages", "HTTPServing", "HTTPServingTesting", "JSON", "Jobs", "OpenID", "OpenIDTesting", "ScriptedServing",
            "Telemetry",
        ]),
    tests(
        "LearningPlatformsTests",
        [
            "Accounts", "Ambient", "Classes", "Cryptography", "Database", "DatabaseTesting", "Events", "Failures", "HTTPMessages",
            "HTTPServing", "HTTPServingTesting", "JSON", "Jobs", "LearningPlatforms", "OpenID", "OpenIDTesting", "ScriptedServing",
            "Sharing", "Telemetry",
        ]),
    tests(
        "TokensTests",
        [
            "Accounts", "Ambient", "Cryptography", "Database", "DatabaseTesting", "Events", "Failures", "HTTPMessages",
            "HTTPServing",
            "HTTPServingTesting", "Jobs", "Tokens",
        ]),
    kit("AccountsTesting", ["Accounts", "Ambient", "Cryptography", "Database", "Events", "Jobs"]),
    tests(
        "CoursesTests",
        [
            "AccountsTesting", "Ambient", "Courses", "Database", "DatabaseTesting", "Events", "Failures", "HTTPMessages",
            "HTTPServing", "HTTPServingTesting",
        ]),
    tests(
        "CardsTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "BlobStorage", "Cards", "Courses", "Database", "DatabaseTesting", "Events",
            "HTTPMessages", "HTTPServing", "HTTPServingTesting", "Jobs", "Manuscript", "Reading", "Sandbox", "Spacing",
        ], resources: [.copy("Fixtures")]),
    tests("PlanningTests", ["Manuscript", "Planning", "Reading", "SeededTesting", "TimeZones"]),
    tests(
        "PlannerTests",
        [
            "Accounts", "AccountsTesting", "Ambient", "Assembly", "BlobStorage", "Courses", "Database", "DatabaseTesting", "Events",
            "HTTPClient",
            "HTTPMessages", "HTTPServing", "HTTPServingTesting", "JSON", "Jobs", "Planner", "Planning", "Sandbox",
            "ScriptedServing", "TimeZones",
        ]),
    tests(
        "NotificationsTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "Cryptography", "Database", "DatabaseTesting", "Events",
            "HTTPClient", "HTTPMessages", "HTTPServing", "HTTPServingTesting", "Jobs", "Mail", "Notifications",
            "WebPush",
        ]),
    tests(
        "LibraryTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "BlobStorage", "Courses", "Cryptography", "Database", "DatabaseTesting",
            "Embedding", "Events", "Failures",
            "HTTPClient", "HTTPMessages", "HTTPServing", "HTTPServingTesting", "Jobs", "Library", "Lifecycle", "Passages",
            "Sandbox", "ScriptedServing", "Sharing", "Stemming", "Vectors",
        ], resources: [.copy("Fixtures")]),
    tests(
        "MemoriesTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "Database", "DatabaseTesting", "Embedding", "Events", "HTTPMessages",
            "HTTPServing", "HTTPServingTesting", "Jobs", "Memories", "Recollection",
        ]),
    tests(
        "ChatTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "Chat", "Courses", "Database", "DatabaseTesting", "Failures", "Graphs",
            "HTTPMessages", "HTTPServing", "HTTPServingTesting", "JSON", "LanguageModels", "Lifecycle", "Passages", "Recollection",
            "Signals", "Telemetry",
        ]),
    tests(
        "CompanionTests",
        [
            "AccountsTesting", "Ambient", "BlobStorage", "Chat", "Companion", "Courses", "Database", "DatabaseTesting", "Failures",
            "Graphs", "LanguageModels", "Passages", "Speech", "Summaries", "Telemetry",
        ]),
    tests(
        "NotesTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "Courses", "Database", "DatabaseTesting", "Embedding", "Events",
            "HTTPMessages",
            "HTTPServing", "HTTPServingTesting", "Jobs", "LanguageModels", "Notes", "Passages", "Questions", "Sandbox",
            "SourceTexts",
        ]),
    tests("SummariesTests", ["Embedding", "Questions", "Summaries"]),
    tests(
        "QuizzesTests",
        [
            "AccountsTesting", "Ambient", "Assembly", "BlobStorage", "Courses", "Database", "DatabaseTesting", "Events",
            "HTTPMessages", "HTTPServing", "HTTPServingTesting", "JSON", "Jobs", "LanguageModels", "Passages",
            "Questions",
            "Quizzes", "Sandbox", "Sharing", "SourceTexts", "TypedText",
        ]),
    tests(
        "AppTests",
        [
            "Accounts", "Ambient", "App", "Assembly", "BlobStorage", "Chat", "Cryptography", "Database", "DatabaseTesting",
            "Embedding", "Events", "Failures", "HTTPEngine", "HTTPMessages", "HTTPServing", "HTTPServingTesting", "JSON", "Jobs",
            "Library", "Lifecycle", "Packing", "PostgresDatabase", "Settings", "Telemetry", "Tokens",
        ]),
]

/// `LM_ONLY=Jobs,JobsTests` keeps those targets and what they stand on, for a quick loop on one room.
func slice(_ all: [Target], only: String) -> [Target] {
    let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    var kept: Set<String> = []
    var open = only.split(separator: ",").map(String.init)
    while let name = open.popLast() {
        guard let target = byName[name], kept.insert(name).inserted else { continue }
        for case .byNameItem(let dependency, _) in target.dependencies { open.append(dependency) }
    }
    return all.filter { kept.contains($0.name) }
}

let all = c + platform + sandboxed + intelligence + speech + features + adapters + app + benchmarks + testing
let kept = Context.environment["LM_ONLY"].map { slice(all, only: $0) } ?? all

let package = Package(
    name: "LittleMonster",
    products: kept.contains { $0.name == "lm" } ? [.executable(name: "lm", targets: ["lm"])] : [],
    targets: kept,
    swiftLanguageModes: [.v6]
)
