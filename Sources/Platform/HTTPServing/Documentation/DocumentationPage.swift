import JSON

/// The API's document as a page: operations by tag, each opening to its parameters, bodies and answers.
struct DocumentationPage {
    let html: String

    init(_ document: JSONValue) {
        let title = Self.text(document["info"]?["title"])
        var out = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title)) API</title><link rel="stylesheet" href="docs/style.css"></head>
            <body><header><h1>\(Self.escaped(title)) API</h1>
            <p>\(Self.prose(Self.text(document["info"]?["description"]))) Version \(Self.escaped(Self.text(document["info"]?["version"]))).
            The same as a document: <a href="openapi.json">openapi.json</a>.</p></header><main>

            """
        for tag in Self.items(document["tags"]).map({ Self.text($0["name"]) }) {
            out += "<section><h2>\(Self.escaped(tag))</h2>\n"
            for path in Self.fields(document["paths"]) {
                for operation in Self.fields(path.value) where Self.items(operation.value["tags"]).contains(.string(tag)) {
                    out += Self.operation(operation.name, path.name, operation.value)
                }
            }
            out += "</section>\n"
        }
        out += "<section><h2>Schemas</h2>\n"
        for schema in Self.fields(document["components"]?["schemas"]) {
            // The id is inside, so that following a link to it opens the fold.
            out += "<details><summary><code>\(Self.escaped(schema.name))</code></summary>"
            out += "<div id=\"\(Self.escaped(schema.name))\">\(Self.code(schema.value))</div></details>\n"
        }
        html = out + "</section></main></body></html>\n"
    }

    private static func operation(_ method: String, _ path: String, _ operation: JSONValue) -> String {
        let isOpen = items(operation["security"]).isEmpty
        var out = "<details><summary><span class=\"method \(method)\">\(method.uppercased())</span> <code>\(escaped(path))</code> "
        out += "<span>\(escaped(text(operation["summary"])))</span>\(isOpen ? "" : "<span class=\"lock\">token</span>")</summary>"
        if case .string(let description)? = operation["description"] { out += "<p>\(prose(description))</p>" }
        let parameters = items(operation["parameters"])
        if !parameters.isEmpty {
            out += "<h3>Parameters</h3><table><thead><tr><th>Name</th><th>In</th><th>What</th><th>Schema</th></tr></thead><tbody>"
            for parameter in parameters {
                out += "<tr><td><code>\(escaped(text(parameter["name"])))</code></td><td>\(escaped(text(parameter["in"])))</td>"
                out += "<td>\(escaped(text(parameter["description"])))</td><td>\(type(parameter["schema"] ?? [:]))</td></tr>"
            }
            out += "</tbody></table>"
        }
        for content in fields(operation["requestBody"]?["content"]) {
            out += "<h3>Body <code>\(escaped(content.name))</code></h3>" + shape(content.value["schema"])
        }
        out += "<h3>Answers</h3><dl>"
        for response in fields(operation["responses"]) {
            out += "<dt>\(escaped(response.name))</dt><dd>\(escaped(text(response.value["description"])))"
            for content in fields(response.value["content"]) {
                out += " <code>\(escaped(content.name))</code> " + type(content.value["schema"] ?? [:])
            }
            out += "</dd>"
        }
        return out + "</dl></details>\n"
    }

    private static func shape(_ schema: JSONValue?) -> String {
        guard let schema else { return "" }
        return schema["$ref"] == nil ? code(schema) : "<p>\(type(schema))</p>"
    }

    /// A schema in a few words, linked if it has a name.
    private static func type(_ schema: JSONValue) -> String {
        if case .string(let path)? = schema["$ref"], let name = path.split(separator: "/").last {
            return "<a href=\"#\(escaped(String(name)))\">\(escaped(String(name)))</a>"
        }
        if let items = schema["items"] { return "list of \(type(items))\(schema.allowsNull ? " or null" : "")" }
        if case .array(let choices)? = schema["anyOf"] { return choices.map { type($0) }.joined(separator: " or ") }
        var words = [(schema.schemaType ?? "") + (schema.allowsNull ? " or null" : "")]
        for key in ["format", "minimum", "maximum", "minLength", "maxLength", "default"] {
            if let value = schema[key] { words.append("\(key) \(value.text)") }
        }
        if case .array(let values)? = schema["enum"] { words.append(values.map(\.text).joined(separator: " ")) }
        return escaped(words.filter { !$0.isEmpty }.joined(separator: ", "))
    }

    private static func code(_ value: JSONValue) -> String { "<pre><code>\(escaped(value.text))</code></pre>" }

    private static func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }
    private static func items(_ value: JSONValue?) -> [JSONValue] { if case .array(let items)? = value { items } else { [] } }
    private static func fields(_ value: JSONValue?) -> [JSONValue.Field] {
        if case .object(let fields)? = value { fields } else { [] }
    }

    /// Text in which backquotes name code, as Markdown does.
    static func prose(_ text: String) -> String {
        escaped(text).split(separator: "`", omittingEmptySubsequences: false).enumerated().reduce(into: "") { out, part in
            out += part.offset.isMultiple(of: 2) ? String(part.element) : "<code>\(part.element)</code>"
        }
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { out, character in
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
    }

    /// The web app's own colours and sizes: one product, one look.
    static let style = """
        :root { color-scheme: light dark; --ink: light-dark(#1d1b18, #eeeae2); --soft: light-dark(#534e46, #bdb6a9);
          --line: light-dark(#e4ded2, #34312b); --paper: light-dark(#faf8f4, #171613); --sunken: light-dark(#f2eee6, #110f0d);
          --accent: light-dark(#1e6b52, #7fcbaa); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 60rem; padding: 3rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 Inter, system-ui, sans-serif; overflow-wrap: break-word; }
        h1, h2 { letter-spacing: -.015em; line-height: 1.2; }
        h1 { font-size: 1.875rem; margin: 0; } h2 { font-size: 1.375rem; margin: 3rem 0 .75rem; } h3 { font-size: .875rem; margin: 1rem 0 .5rem; }
        header p { max-width: 42rem; color: var(--soft); } a { color: var(--accent); text-underline-offset: .2em; }
        code, pre { font: .875em/1.5 ui-monospace, monospace; } header code { color: var(--ink); }
        pre { overflow-x: auto; padding: 1rem; background: var(--sunken); border-radius: 10px; }
        details { border-top: 1px solid var(--line); } details[open] { padding-bottom: 1.5rem; }
        summary { cursor: pointer; display: flex; gap: .25rem .75rem; align-items: baseline; flex-wrap: wrap; min-height: 2.75rem; padding: .5rem 0; }
        summary code { overflow-wrap: anywhere; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
        summary > span:not(.method, .lock) { color: var(--soft); font-size: .875rem; }
        .method { font: 600 .75rem/1.5 ui-monospace, monospace; min-width: 4rem; color: var(--accent); }
        .lock { font-size: .75rem; background: var(--sunken); border-radius: 6px; padding: .1rem .5rem; margin-left: auto; color: var(--soft); }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; } th, td { text-align: left; padding: .5rem .75rem .5rem 0; vertical-align: top; border-top: 1px solid var(--line); }
        th { font-weight: 600; color: var(--soft); border: 0; }
        dl { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: .5rem .75rem; margin: 0; font-size: .875rem; } dt { font-weight: 600; } dd { margin: 0; }
        @media (max-width: 40rem) { body { padding: 1.5rem 1rem 3rem; } summary > span:not(.method, .lock) { flex-basis: 100%; } table { display: block; overflow-x: auto; } }

        """
}
