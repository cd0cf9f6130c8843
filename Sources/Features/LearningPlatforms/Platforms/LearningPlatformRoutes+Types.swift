import Ambient
import FoundationEssentials
import HTTPServing

/// `POST /admin/learning-platforms` and `PUT /admin/learning-platforms/{id}`
struct LearningPlatformBody: APIType {
    var name: String
    var issuer: String
    var clientID: String
    var deploymentIDs: [String]
    var authorizationURL: String
    var tokenURL: String
    var keysURL: String
    var tokenAudience: String?
    var frameOrigins: [String]?
    var makesTeachers: Bool?

    enum CodingKeys: String, CodingKey {
        case name, issuer
        case clientID = "client_id"
        case deploymentIDs = "deployment_ids"
        case authorizationURL = "authorization_url"
        case tokenURL = "token_url"
        case keysURL = "keys_url"
        case tokenAudience = "token_audience"
        case frameOrigins = "frame_origins"
        case makesTeachers = "makes_teachers"
    }

    var draft: LearningPlatformService.Draft {
        .init(
            name: name, issuer: issuer, clientID: clientID, deployments: deploymentIDs, authorizationURL: authorizationURL,
            tokenURL: tokenURL, keysURL: keysURL, tokenAudience: tokenAudience, frameOrigins: frameOrigins ?? [],
            makesTeachers: makesTeachers ?? true)
    }

    static var constraints: [Constraint<LearningPlatformBody>] {
        [
            .length(\.name, "name", 1...80), .notBlank(\.name, "name"), .length(\.issuer, "issuer", 1...255),
            .notBlank(\.issuer, "issuer"), .length(\.clientID, "client_id", 1...255), .notBlank(\.clientID, "client_id"),
            .count(\.deploymentIDs, "deployment_ids", 1...50), .length(\.authorizationURL, "authorization_url", 1...2000),
            .length(\.tokenURL, "token_url", 1...2000), .length(\.keysURL, "keys_url", 1...2000),
            .length(\.tokenAudience, "token_audience", 0...500), .count(\.frameOrigins, "frame_origins", 0...20),
            .checked("issuer"), .checked("client_id"), .checked("name"), .checked("deployment_ids"), .checked("authorization_url"),
            .checked("token_url"), .checked("keys_url"), .checked("frame_origins"), .checked("token_audience"),
            .describe("issuer", "Who signs the platform's messages, letter by letter."),
            .describe("client_id", "Who this installation is at the platform."),
            .describe("deployment_ids", "The places within the platform that may launch it."),
            .describe("authorization_url", "Where browsers are sent to sign in (authentication request)."),
            .describe("token_url", "Where tokens for grades are asked for (access token)."),
            .describe("keys_url", "Where the platform publishes its keys (public keyset)."),
            .describe("token_audience", "Whom an assertion for a token is for, where that is not `token_url`."),
            .describe("frame_origins", "Sites of the platform, besides the issuer's, that show launches within their pages."),
            .describe("makes_teachers", "Whether the platform's instructors are teachers here; true if it is left out."),
        ]
    }
}

/// A learning platform as administrators see it.
struct LearningPlatformView: APIType {
    var id: LearningPlatformID
    var name: String
    var issuer: String
    var clientID: String
    var deploymentIDs: [String]
    var authorizationURL: String
    var tokenURL: String
    var keysURL: String
    var tokenAudience: String?
    var frameOrigins: [String]
    var makesTeachers: Bool
    var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case id, name, issuer
        case clientID = "client_id"
        case deploymentIDs = "deployment_ids"
        case authorizationURL = "authorization_url"
        case tokenURL = "token_url"
        case keysURL = "keys_url"
        case tokenAudience = "token_audience"
        case frameOrigins = "frame_origins"
        case makesTeachers = "makes_teachers"
        case createdAt = "created_at"
    }

    init(_ platform: LearningPlatform) {
        (id, name, issuer, clientID) = (platform.id, platform.name, platform.issuer, platform.clientID)
        (deploymentIDs, authorizationURL) = (platform.deployments, platform.authorizationURL)
        (tokenURL, keysURL, tokenAudience) = (platform.tokenURL, platform.keysURL, platform.tokenAudience)
        (frameOrigins, makesTeachers, createdAt) = (platform.frameOrigins, platform.makesTeachers, platform.createdAt)
    }

    static var schemaName: String { "LearningPlatform" }
}

/// What a platform must be told of this installation.
struct ToolView: APIType {
    var loginURL: String
    var redirectURL: String
    var keysURL: String
    /// Of launches and of deep linking alike.
    var targetURL: String

    enum CodingKeys: String, CodingKey {
        case loginURL = "login_url"
        case redirectURL = "redirect_url"
        case keysURL = "keys_url"
        case targetURL = "target_url"
    }

    init(_ service: LearningPlatformService) {
        (loginURL, redirectURL) = (service.loginURL, service.redirectURL)
        (keysURL, targetURL) = (service.keysURL, service.targetURL)
    }

    static var schemaName: String { "LearningTool" }
}

/// The platforms, and what they must be told.
struct LearningPlatformList: APIType {
    var data: [LearningPlatformView]
    var tool: ToolView
    /// Of the keys that are published; the first signs.
    var keyIDs: [String]

    enum CodingKeys: String, CodingKey {
        case data, tool
        case keyIDs = "key_ids"
    }
}

/// A developer key of Canvas, by the form that it takes as JSON.
struct CanvasConfiguration: APIType {
    struct Placement: APIType {
        var placement: String
        var messageType: String
        var targetURL: String

        enum CodingKeys: String, CodingKey {
            case placement
            case messageType = "message_type"
            case targetURL = "target_link_uri"
        }

        static var schemaName: String { "CanvasPlacement" }
    }

    struct Settings: APIType {
        var platform: String
        var placements: [Placement]

        static var schemaName: String { "CanvasSettings" }
    }

    struct Extension: APIType {
        var platform: String
        var privacyLevel: String
        var settings: Settings

        enum CodingKeys: String, CodingKey {
            case platform, settings
            case privacyLevel = "privacy_level"
        }

        static var schemaName: String { "CanvasExtension" }
    }

    var title: String
    var description: String
    var loginURL: String
    var targetURL: String
    var redirectURLs: [String]
    var keysURL: String
    var scopes: [String]
    var extensions: [Extension]

    enum CodingKeys: String, CodingKey {
        case title, description, scopes, extensions
        case loginURL = "oidc_initiation_url"
        case targetURL = "target_link_uri"
        case redirectURLs = "redirect_uris"
        case keysURL = "public_jwk_url"
    }

    init(_ service: LearningPlatformService) {
        title = "Little Monster"
        description = "Documents, courses and quizzes to study with"
        (loginURL, targetURL, keysURL) = (service.loginURL, service.targetURL, service.keysURL)
        redirectURLs = [service.redirectURL]
        scopes = ["lineitem", "score"].map { "https://purl.imsglobal.org/spec/lti-ags/scope/\($0)" }
        extensions = [
            Extension(
                platform: "canvas.instructure.com", privacyLevel: "public",
                settings: Settings(
                    platform: "canvas.instructure.com",
                    placements: ["assignment_selection", "link_selection"].map {
                        Placement(placement: $0, messageType: "LtiDeepLinkingRequest", targetURL: service.targetURL)
                    }))
        ]
    }
}
