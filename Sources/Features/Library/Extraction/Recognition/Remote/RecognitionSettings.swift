import Ambient
import HTTPClient
import Settings

/// Which service reads scanned pages, where it is not this machine.
enum RecognitionSettings {
    static let address = Setting<String?>(
        "LM_OCR_URL", default: nil, form: "an address that begins with http:// or https://",
        purpose: "A service that reads scanned pages: Amazon Textract, https://textract.REGION.amazonaws.com, or a model that sees "
            + "pictures on a server that speaks OpenAI's protocol, with its version: https://api.openai.com/v1. Unset, tesseract reads them."
    ) { $0.hasPrefix("http://") || $0.hasPrefix("https://") ? .some($0) : nil }
    static let model = Setting.text("LM_OCR_MODEL", default: "gpt-4o-mini", purpose: "The model that reads pages there.")
    static let key = Setting.optionalText(
        "LM_OCR_KEY", purpose: "Its key; for Textract the secret access key.", isSecret: true)
    static let accessKey = Setting.optionalText(
        "LM_OCR_ACCESS_KEY", purpose: "For Textract: the id of the access key. With it LM_OCR_URL is taken for Textract's.")
    static let region = Setting.optionalText(
        "LM_OCR_REGION", purpose: "For Textract, where its address does not name the region.")

    static let all: [any AnySetting] = [address, model, key, accessKey, region]

    /// nil where pages are read here.
    static func service(_ settings: SettingsSource, client: HTTPClient, ambient: Ambient) throws -> (any RecognitionService)? {
        guard let url = try settings.value(address) else { return nil }
        let key = try settings.value(key)
        guard let accessKey = try settings.value(accessKey) else {
            return VisionService(url: url, model: try settings.value(model), key: key, client: client)
        }
        return TextractService(
            url: url, accessKey: accessKey, secretKey: key ?? "", region: try settings.value(region) ?? region(of: url),
            client: client,
            ambient: ambient)
    }

    /// `https://textract.eu-central-1.amazonaws.com`
    static func region(of url: String) -> String {
        let parts = url.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" && $0 != ":" }.split(separator: ".")
        return parts.count >= 3 && parts[0].hasPrefix("textract") ? String(parts[1]) : "us-east-1"
    }
}
