import FoundationEssentials

/// What a platform says with a launch: the claims of LTI 1.3 beside those of OpenID Connect, once each of them has been checked.
///
/// What is kept of it until the launch is over is this type itself, sealed.
struct LaunchMessage: Codable, Sendable, Hashable {
    enum Kind: String, Codable, Sendable {
        case resource = "LtiResourceLinkRequest"
        case deepLinking = "LtiDeepLinkingRequest"
    }

    /// Why one is not taken: for the log.
    enum Fault: Error, Hashable {
        case form
        case version
        case kind
        /// Of none of the registered deployments; the id that it names.
        case deployment(String)
        case target
        case resource
        case returnAddress
    }

    struct Context: Codable, Sendable, Hashable {
        let id: String
        let title: String?
    }

    /// Where grades go, and what of the service we may use (Assignment and Grade Services 2.0).
    struct GradeService: Codable, Sendable, Hashable {
        let scopes: [String]
        let lineItems: String?
        let lineItem: String?
    }

    /// What may be chosen, and where the choice goes (Deep Linking 2.0).
    struct DeepLinking: Codable, Sendable, Hashable {
        let returnAddress: String
        let takesSeveral: Bool
        let takesLineItem: Bool
        /// Opaque; given back as it came.
        let data: String?
    }

    let kind: Kind
    let subject: String
    let deployment: String
    let email: String?
    let name: String?
    let roles: [String]
    let context: Context?
    /// The link that was opened, in the platform's own words.
    let resourceLink: String?
    /// What we placed there, by the id that the link carries.
    let placement: String?
    let grades: GradeService?
    let deepLinking: DeepLinking?

    /// - Parameters:
    ///   - payload: the claims of a token whose signature, issuer, audience, times and nonce were checked.
    ///   - deployments: those that are registered.
    ///   - isOurs: whether an address is this installation's.
    ///   - permits: whether a browser may be sent to an address.
    init(
        payload: [UInt8], deployments: [String], isOurs: (String) -> Bool, permits: (String) -> Bool
    ) throws(Fault) {
        guard let claims = try? JSONDecoder().decode(Claims.self, from: Data(payload)) else { throw .form }
        guard claims.version == "1.3.0" else { throw .version }
        guard let kind = Kind(rawValue: claims.messageType) else { throw .kind }
        guard (1...255).contains(claims.deployment.utf8.count) else { throw .form }
        guard deployments.contains(claims.deployment) else { throw .deployment(claims.deployment) }
        guard claims.roles.count <= 100, claims.context.map({ (1...255).contains($0.id.utf8.count) }) ?? true else { throw .form }
        switch kind {
        case .resource:
            guard let target = claims.target, isOurs(target) else { throw .target }
            guard let link = claims.resourceLink?.id, (1...255).contains(link.utf8.count) else { throw .resource }
            resourceLink = link
            deepLinking = nil
            placement = claims.custom?["placement"] ?? Self.placement(in: target)
        case .deepLinking:
            guard claims.target.map(isOurs) ?? true else { throw .target }
            guard let settings = claims.deepLinking, settings.types.contains("ltiResourceLink"), permits(settings.returnAddress)
            else {
                throw .returnAddress
            }
            resourceLink = nil
            placement = nil
            deepLinking = DeepLinking(
                returnAddress: settings.returnAddress, takesSeveral: settings.takesSeveral ?? false,
                takesLineItem: settings.takesLineItem ?? true, data: settings.data)
        }
        self.kind = kind
        (subject, deployment, roles) = (claims.subject, claims.deployment, claims.roles)
        (email, name, context) = (claims.email, claims.name, claims.context)
        grades = claims.grades.map { GradeService(scopes: $0.scopes, lineItems: $0.lineItems, lineItem: $0.lineItem) }
    }

    /// Platforms that drop what is their tools' own keep the address.
    private static func placement(in target: String) -> String? {
        let parts = target.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        guard parts.count >= 2, parts[parts.count - 2] == "lti" else { return nil }
        return parts.last.map(String.init)
    }

    // MARK: - Roles

    private static let membership = "http://purl.imsglobal.org/vocab/lis/v2/membership#"

    private func holds(_ role: String) -> Bool { roles.contains(Self.membership + role) || roles.contains(role) }

    /// Whether they teach this course. Who assists has a role of its own and is none; who teaches elsewhere in the institution is none here.
    var isInstructor: Bool {
        let assists = roles.contains { $0.hasSuffix("membership/Instructor#TeachingAssistant") }
        return !assists && holds("Instructor") || holds("ContentDeveloper") || holds("Administrator")
    }

    /// Whether they are graded in this course.
    var isLearner: Bool { holds("Learner") && !isInstructor }

    private struct Claims: Decodable {
        struct Link: Decodable { let id: String }

        struct Grades: Decodable {
            let scopes: [String]
            let lineItems: String?
            let lineItem: String?

            enum CodingKeys: String, CodingKey {
                case scopes = "scope"
                case lineItems = "lineitems"
                case lineItem = "lineitem"
            }
        }

        struct Choosing: Decodable {
            let returnAddress: String
            let types: [String]
            let takesSeveral: Bool?
            let takesLineItem: Bool?
            let data: String?

            enum CodingKeys: String, CodingKey {
                case data
                case returnAddress = "deep_link_return_url"
                case types = "accept_types"
                case takesSeveral = "accept_multiple"
                case takesLineItem = "accept_lineitem"
            }

            init(from decoder: any Decoder) throws {
                let fields = try decoder.container(keyedBy: CodingKeys.self)
                returnAddress = try fields.decode(String.self, forKey: .returnAddress)
                types = try fields.decode([String].self, forKey: .types)
                data = try fields.decodeIfPresent(String.self, forKey: .data)
                // Some write them as texts.
                func flag(_ key: CodingKeys) -> Bool? {
                    (try? fields.decode(Bool.self, forKey: key))
                        ?? (try? fields.decode(String.self, forKey: key)).map { $0 == "true" }
                }
                (takesSeveral, takesLineItem) = (flag(.takesSeveral), flag(.takesLineItem))
            }
        }

        let subject: String
        let email: String?
        let name: String?
        let messageType: String
        let version: String
        let deployment: String
        let target: String?
        let roles: [String]
        let context: Context?
        let resourceLink: Link?
        let custom: [String: String]?
        let grades: Grades?
        let deepLinking: Choosing?

        enum CodingKeys: String, CodingKey {
            case email, name
            case subject = "sub"
            case messageType = "https://purl.imsglobal.org/spec/lti/claim/message_type"
            case version = "https://purl.imsglobal.org/spec/lti/claim/version"
            case deployment = "https://purl.imsglobal.org/spec/lti/claim/deployment_id"
            case target = "https://purl.imsglobal.org/spec/lti/claim/target_link_uri"
            case roles = "https://purl.imsglobal.org/spec/lti/claim/roles"
            case context = "https://purl.imsglobal.org/spec/lti/claim/context"
            case resourceLink = "https://purl.imsglobal.org/spec/lti/claim/resource_link"
            case custom = "https://purl.imsglobal.org/spec/lti/claim/custom"
            case grades = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
            case deepLinking = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            subject = try fields.decode(String.self, forKey: .subject)
            messageType = try fields.decode(String.self, forKey: .messageType)
            version = try fields.decode(String.self, forKey: .version)
            deployment = try fields.decode(String.self, forKey: .deployment)
            target = try fields.decodeIfPresent(String.self, forKey: .target)
            // Must be there, and may be empty.
            roles = try fields.decode([String].self, forKey: .roles)
            context = try fields.decodeIfPresent(Context.self, forKey: .context)
            resourceLink = try fields.decodeIfPresent(Link.self, forKey: .resourceLink)
            grades = try fields.decodeIfPresent(Grades.self, forKey: .grades)
            deepLinking = try fields.decodeIfPresent(Choosing.self, forKey: .deepLinking)
            // What is told beside the launch is taken where it has the form, and else left out.
            email = try? fields.decodeIfPresent(String.self, forKey: .email)
            name = try? fields.decodeIfPresent(String.self, forKey: .name)
            custom = try? fields.decodeIfPresent([String: String].self, forKey: .custom)
        }
    }
}
