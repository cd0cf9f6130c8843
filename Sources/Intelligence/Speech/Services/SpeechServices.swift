package import Ambient
package import HTTPClient

/// The providers that an installation's settings name.
package struct SpeechServices: Sendable {
    /// Where a provider is, and by which key.
    package struct Access: Sendable {
        package var url: String
        package var key: String?
        package var accessKey: String?
        package var region: String?
        package var model: String?

        package init(url: String, key: String? = nil, accessKey: String? = nil, region: String? = nil, model: String? = nil) {
            (self.url, self.key, self.accessKey, self.region, self.model) = (url, key, accessKey, region, model)
        }
    }

    /// The engines of this machine.
    package static let ownEngines = ["piper", "flite", "espeak-ng"]
    /// Those of others, the order in which they are preferred.
    package static let engines = [
        OpenAISpeech.engine, AzureSpeech.engine, ElevenLabsSpeech.engine, PollySpeech.engine, CoquiSpeech.engine,
    ]

    /// - Parameters:
    ///   - access: by the engine's name.
    ///   - voices: as `voices(_:)` reads them.
    package static func make(
        _ access: [String: Access], voices: [NamedVoice], client: HTTPClient, tool: AudioTool, ambient: Ambient
    ) -> [ServiceSynthesizer] {
        engines.compactMap { engine -> (any SpeechService)? in
            guard let access = access[engine] else { return nil }
            let own = voices.filter { $0.engine == engine }.map { $0.voice }
            let (url, key) = (access.url, access.key ?? "")
            return switch engine {
            case OpenAISpeech.engine:
                OpenAISpeech(
                    url: url, model: access.model ?? OpenAISpeech.defaultModel, key: access.key, voices: own, client: client,
                    tool: tool)
            case AzureSpeech.engine: AzureSpeech(url: url, key: key, voices: own, client: client, tool: tool)
            case ElevenLabsSpeech.engine:
                ElevenLabsSpeech(
                    url: url, key: key, model: access.model ?? ElevenLabsSpeech.defaultModel, voices: own, client: client,
                    tool: tool)
            case PollySpeech.engine:
                PollySpeech(
                    url: url, accessKey: access.accessKey ?? "", secretKey: key,
                    region: access.region ?? PollySpeech.region(of: url),
                    model: access.model ?? PollySpeech.defaultModel, voices: own, client: client, tool: tool, ambient: ambient)
            default: CoquiSpeech(url: url, voices: own, client: client, tool: tool)
            }
        }.map { ServiceSynthesizer($0) }
    }

    /// A voice that the settings name.
    package struct NamedVoice: Sendable, Equatable {
        let engine: String
        let voice: ServiceVoice
    }

    /// `openai:nova, polly:Vicki:de`: a provider, what it calls the voice, and the language where that does not tell.
    ///
    /// - Returns: nil where it is written otherwise.
    package static func voices(_ text: String) -> [NamedVoice]? {
        var all: [NamedVoice] = []
        for entry in text.split(separator: ",") {
            let parts = entry.split(separator: ":", omittingEmptySubsequences: false).map { $0.trimming }
            guard (2...3).contains(parts.count), engines.contains(parts[0]), !parts[1].isEmpty else { return nil }
            let language = parts.count == 3 ? parts[2].lowercased() : nil
            guard language.map({ (2...3).contains($0.count) && $0.allSatisfy(\.isLetter) }) != false else { return nil }
            all.append(NamedVoice(engine: parts[0], voice: voice(parts[1], of: parts[0], language: language)))
        }
        return all
    }

    private static func voice(_ code: String, of engine: String, language: String?) -> ServiceVoice {
        switch engine {
        case AzureSpeech.engine:
            let known = AzureSpeech.voice(code)
            return ServiceVoice(code, name: known.name, language ?? known.language)
        case PollySpeech.engine:
            let known = PollySpeech.ownVoices.first { $0.code == code }
            return ServiceVoice(code, language ?? known?.language ?? "en", known?.gender ?? .unknown)
        case CoquiSpeech.engine: return ServiceVoice(code, language ?? "en")
        default: return ServiceVoice(code, language ?? Voice.manyLanguages)
        }
    }
}

extension Substring {
    fileprivate var trimming: String {
        let start = drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }
}
