/// The API's document as a page: operations by tag, each opening to its parameters, bodies and answers.
struct DocumentationPage {
    let html: String

    init(_ document: JSONValue) {
        let title = Self.text(document["info"]?["title"])
        var out = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title)) API</title><link rel="stylesheet" href="/docs/style.css"></head>
            <body><header><h1>\(Self.escaped(title)) API</h1>
            <p>\(Self.escaped(Self.text(document["info"]?["description"]))) Version \(Self.escaped(Self.text(document["info"]?["version"]))).
            The same as a document: <a href="/openapi.json">openapi.json</a>.</p></header><main>

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
        if case .string(let description)? = operation["description"] { out += "<p>\(escaped(description))</p>" }
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
        if let items = schema["items"] { return "list of \(type(items))" }
        var words = [text(schema["type"])]
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

    static let style = """
        :root { color-scheme: light dark; --ink: light-dark(#1d1d1f, #ececf0); --soft: light-dark(#6b6b73, #9a9aa5);
          --line: light-dark(#e4e4ea, #33333c); --paper: light-dark(#fff, #16161a); --accent: light-dark(#4b53c8, #9aa2ff); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 Inter, system-ui, sans-serif; }
        h1 { font-size: 1.75rem; margin: 0; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; } h3 { font-size: 1rem; margin: 1rem 0 .5rem; }
        header p { color: var(--soft); } a { color: var(--accent); }
        code, pre { font: .875em/1.5 ui-monospace, monospace; } pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .5rem; }
        details { border-bottom: 1px solid var(--line); padding: .5rem 0; } details[open] { padding-bottom: 1rem; }
        summary { cursor: pointer; display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; }
        summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        summary > span:not(.method, .lock) { color: var(--soft); }
        .method { font: 600 .75rem/1.5 ui-monospace, monospace; min-width: 4rem; color: var(--accent); }
        .lock { font-size: .75rem; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; margin-left: auto; color: var(--soft); }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .5rem .25rem 0; vertical-align: top; }
        th { font-weight: 600; font-size: .875rem; color: var(--soft); }
        dl { display: grid; grid-template-columns: 3rem 1fr; gap: .25rem .75rem; margin: 0; } dt { font-weight: 600; } dd { margin: 0; }

        """
}
