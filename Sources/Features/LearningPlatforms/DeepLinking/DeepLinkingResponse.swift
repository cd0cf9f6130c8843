/// What we sign for a platform: the things that a teacher chose for its course (Deep Linking 2.0, 4.4).
struct DeepLinkingResponse: Encodable, Sendable {
    struct Item: Encodable, Sendable {
        let type = "ltiResourceLink"
        let title: String
        let url: String
        let custom: [String: String]
        /// Makes a column of the platform's grades; nil where nothing is graded.
        let lineItem: LineItem?
    }

    let issuer: String
    let audience: String
    let expires: Int
    let issuedAt: Int
    let nonce: String
    let deployment: String
    let items: [Item]
    /// As the platform sent it.
    let data: String?

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case audience = "aud"
        case expires = "exp"
        case issuedAt = "iat"
        case nonce
        case type = "https://purl.imsglobal.org/spec/lti/claim/message_type"
        case version = "https://purl.imsglobal.org/spec/lti/claim/version"
        case deployment = "https://purl.imsglobal.org/spec/lti/claim/deployment_id"
        case items = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items"
        case data = "https://purl.imsglobal.org/spec/lti-dl/claim/data"
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(issuer, forKey: .issuer)
        try fields.encode(audience, forKey: .audience)
        try fields.encode(expires, forKey: .expires)
        try fields.encode(issuedAt, forKey: .issuedAt)
        try fields.encode(nonce, forKey: .nonce)
        try fields.encode("LtiDeepLinkingResponse", forKey: .type)
        try fields.encode("1.3.0", forKey: .version)
        try fields.encode(deployment, forKey: .deployment)
        try fields.encode(items, forKey: .items)
        try fields.encodeIfPresent(data, forKey: .data)
    }
}
