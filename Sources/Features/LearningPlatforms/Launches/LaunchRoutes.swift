import Accounts
import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import OpenID

/// What browsers that come from a platform ask: `/auth/lti-…`. All lie in the folder of `/auth`, which the cookies of sign-ins belong to.
///
/// Whatever goes wrong before the app's own page is there is told by that page.
struct LaunchRoutes: RouteCollection {
    private static let tag = "Accounts"
    private static let formLimit = 128 << 10

    let service: LearningPlatformService

    var routes: [Route] {
        [
            login(.get), login(.post), launch, session, waiting, back,
            file("lti-style.css", LaunchPages.styleSheet, "text/css"), file("lti-wait.js", LaunchPages.waiting, "text/javascript"),
            file("lti-send.js", LaunchPages.sending, "text/javascript"),
        ]
    }

    /// The platform's first word, by a link or a form.
    private func login(_ method: HTTPMethod) -> Route {
        .raw(
            method, "/auth/lti-login", "Begin a launch from a learning platform", tag: Self.tag, access: .anyone,
            consumes: method == .post ? "application/x-www-form-urlencoded" : nil, status: 303, bodyLimit: Self.formLimit,
            failures: [.badRequest, .rateLimited], limit: .session
        ) { [service] call in
            do {
                let fields = try await Self.fields(of: call)
                guard let login = LearningPlatformService.Login(fields) else { throw LearningPlatformsFailure.unknownPlatform }
                let platform = try await service.platform(of: login)
                guard !LaunchPages.isFramed(call.request.headers) else {
                    let ticket = LaunchBinding.make()
                    let address =
                        "lti-login?"
                        + FormFields.encode(
                            fields.filter { $0.key != "ticket" }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [
                                ("ticket", ticket)
                            ])
                    return LaunchPages.opener(
                        login: address, ticket: ticket, framers: platform.framers,
                        language: LaunchPages.language(of: call.request.headers))
                }
                let binding = LaunchBinding.make()
                let ticket = fields["ticket"].flatMap { (40...64).contains($0.utf8.count) ? $0 : nil }
                let place = try await service.begin(login, at: platform, binding: binding, ticket: ticket)
                Self.cookie.set(binding, seconds: Launch.lifetime, on: call)
                return Self.redirect(to: place)
            } catch let failure as LearningPlatformsFailure {
                return Self.redirect(to: "\(service.launchPage)#problem=\(failure.reason.rawValue)")
            }
        }.described(
            "OpenID Connect's third-party-initiated login, as LTI 1.3 has it: `iss`, `login_hint`, `target_link_uri`, `client_id`, "
                + "`lti_deployment_id`, `lti_message_hint`. Within another site's page it answers with a page that opens a tab of its own."
        )
    }

    /// The platform's answer, by a form that it has the browser send.
    private var launch: Route {
        .raw(
            .post, "/auth/lti-launch", "Come from a learning platform", tag: Self.tag, access: .anyone,
            consumes: "application/x-www-form-urlencoded", status: 303, bodyLimit: Self.formLimit,
            failures: [.badRequest, .rateLimited], limit: .session
        ) { [service] call in
            do {
                let fields = try await Self.fields(of: call)
                guard let state = fields["state"], (1...200).contains(state.utf8.count) else { throw LearningPlatformsFailure.lost }
                try await service.answer(state: state, token: fields["id_token"], error: fields["error"])
                return Self.redirect(to: "\(service.launchPage)#state=\(FormFields.encode(state))")
            } catch let failure as LearningPlatformsFailure {
                let deployment = failure.details["deployment"].map { "&deployment=\(FormFields.encode($0))" } ?? ""
                return Self.redirect(to: "\(service.launchPage)#problem=\(failure.reason.rawValue)\(deployment)")
            }
        }.described("`state` and `id_token`. Good once; leads to the app's own page, which goes on with `POST /auth/lti-session`.")
    }

    private var session: Route {
        .post(
            "/auth/lti-session", "Go on with a launch from a learning platform", tag: Self.tag, access: .anyone,
            body: LaunchSessionBody.self, returns: LaunchSessionView.self,
            failures: [.unauthenticated, .forbidden, .notFound, .conflict, .badGateway, .rateLimited], limit: .login
        ) { [service] call, input in
            guard SignInAnswer.goesByCookie(call), let binding = Self.cookie.value(of: call) else {
                throw LearningPlatformsFailure.lost
            }
            let visitor = LearningPlatformService.Visitor(
                user: call.principal?.userID, binding: binding, userAgent: call.request.headers["User-Agent"] ?? "",
                address: call.clientAddress)
            let wish: LearningPlatformService.Wish? =
                switch input.account {
                case nil: nil
                case .new: .newAccount
                case .link:
                    .link(call.shown(input.password, input.code))
                }
            switch try await service.enter(state: input.state, wish: wish, secondFactor: input.secondFactor, as: visitor) {
            case .unknown(let unknown): return LaunchSessionView(unknown: .init(unknown))
            case .entered(let grant, let id):
                var view = LaunchSessionView()
                if let grant { view.grant = try await SignInAnswer.view(grant, to: call, by: service.accounts) }
                // They are in, whatever comes of the rest.
                guard let user = grant?.user.id ?? call.principal?.userID else { throw LearningPlatformsFailure.lost }
                do { view.launch = LaunchView(try await service.standing(of: id, user: user)) } catch let failure
                    as LearningPlatformsFailure
                {
                    view.problem = failure.reason
                }
                return view
            }
        }.described(
            "For the app's own page, whose cookie shows that the launch began in this browser. Where nobody here is that account of the "
                + "platform's, the answer has `unknown`: the same is sent again with `account`. Where a second factor is on, the answer is 401 "
                + "with `details.code`, and the same is sent again with `second_factor`. Else `details.reason` says why not: "
                + LearningPlatformsFailure.Reason.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }

    /// Asked by a page within the platform's.
    private var waiting: Route {
        .raw(
            .post, "/auth/lti-waiting", "Ask whether something was chosen", tag: Self.tag, access: .anyone,
            consumes: "application/x-www-form-urlencoded", status: 204, bodyLimit: Self.formLimit,
            failures: [.notFound, .rateLimited],
            limit: .session
        ) { [service] call in
            switch try await service.wait(ticket: try await Self.fields(of: call)["ticket"] ?? "") {
            case .unknown: HTTPResponse(status: 404)
            case .choosing: HTTPResponse(status: 204)
            case .chosen: HTTPResponse(status: 200)
            case .nothing: HTTPResponse(status: 410)
            }
        }.hidden()
    }

    /// Gives what was chosen back: a page that sends it to the platform.
    private var back: Route {
        .raw(
            .post, "/auth/lti-return", "Give what was chosen back to a learning platform", tag: Self.tag, access: .anyone,
            consumes: "application/x-www-form-urlencoded", produces: ["text/html"], bodyLimit: Self.formLimit,
            failures: [.rateLimited], limit: .session
        ) { [service] call in
            let language = LaunchPages.language(of: call.request.headers)
            let ticket = try await Self.fields(of: call)["ticket"] ?? ""
            let framers = try await service.framers(ofTicket: ticket)
            switch try await service.giveBack(ticket: ticket) {
            case .ready(let address, let token):
                return LaunchPages.sender(address: address, token: token, framers: framers, language: language)
            case .waiting: return LaunchPages.note(.waiting, framers: framers, language: language)
            case .over: return LaunchPages.note(.over, framers: framers, language: language)
            }
        }.hidden()
    }

    private func file(_ name: String, _ text: String, _ type: String) -> Route {
        .raw(
            .get, "/auth/\(name)", "A file of the pages of launching", tag: Self.tag, access: .anyone, produces: [type],
            limit: .session
        ) { _ in LaunchPages.file(text, type: type) }.hidden()
    }

    // MARK: - What comes and goes

    /// What a link or a form says.
    private static func fields(of call: Call) async throws -> [String: String] {
        guard call.request.method == .post else {
            let query = call.request.target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
            return try read(String(query))
        }
        return try read(String(decoding: try await call.request.body.collect(upTo: formLimit), as: UTF8.self))
    }

    private static func read(_ text: String) throws(HTTPFailure) -> [String: String] {
        guard let fields = FormFields.decode(text) else {
            throw HTTPFailure(.badRequest, "The form is malformed: a % is not followed by two hexadecimal digits of UTF-8.")
        }
        return fields
    }

    private static func redirect(to place: String) -> HTTPResponse {
        // 303: what was sent to us is not sent on.
        HTTPResponse(status: 303, headers: ["Location": place, "Cache-Control": "no-store"])
    }

    /// Strict: it is set when the platform sends the browser here, and asked for by the app's own page alone.
    private static let cookie = BrowserCookie("lm_launch")
}

extension LearningPlatform {
    /// The sites that may show our pages of launching within theirs.
    var framers: [String] {
        ([issuer, authorizationURL].compactMap(PlatformClient.origin) + frameOrigins).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }
}
