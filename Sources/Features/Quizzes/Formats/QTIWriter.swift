import Packing
import Questions
import TypedText

/// Questions as a package of QTI 2.1: an item each, and the manifest that names them.
enum QTIWriter {
    static func package(of drafts: [QuestionDraft], title: String) -> [UInt8] {
        var zip = ZipWriter()
        var file: [UInt8] = []
        var resources = ""
        for (index, draft) in drafts.enumerated() {
            let (id, path) = ("item-\(index + 1)", "items/item-\(index + 1).xml")
            resources +=
                "<resource identifier=\"\(id)\" type=\"imsqti_item_xmlv2p1\" href=\"\(path)\"><file href=\"\(path)\"/></resource>\n"
            file += zip.add(path, Array(item(draft, id: id).utf8))
        }
        let manifest = """
            <?xml version="1.0" encoding="UTF-8"?>
            <manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="manifest">
            <metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>
            <organizations/>
            <resources>
            \(resources)</resources>
            </manifest>

            """
        file += zip.add("imsmanifest.xml", Array(manifest.utf8))
        return file + zip.finish()
    }

    /// The response's declarations, the body below the question, and how points come about.
    private struct Parts {
        var declarations = ""
        var body = ""
        var processing = "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct\"/>"
    }

    private static let mapped =
        "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response\"/>"

    static func item(_ draft: QuestionDraft, id: String) -> String {
        let parts = parts(draft)
        let prompt = draft.kind == .cloze ? "" : "<p>\(lines(draft.stem))</p>\n"
        let feedback =
            draft.explanation.isEmpty
            ? ""
            : "<modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"EXPLANATION\" showHide=\"show\">\(lines(draft.explanation))</modalFeedback>\n"
        let label = draft.topic.isEmpty ? "" : " label=\"\(MarkupText.escaped(draft.topic))\""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="\(id)" title="\(MarkupText.escaped(String(draft.stem.oneLine.prefix(80))))"\(label) adaptive="false" timeDependent="false" toolName="Little Monster">
            \(parts.declarations)<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="\(draft.points.plain)"><defaultValue><value>0</value></defaultValue></outcomeDeclaration>
            <outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"><defaultValue><value>EXPLANATION</value></defaultValue></outcomeDeclaration>
            <itemBody>
            \(prompt)\(parts.body)</itemBody>
            \(parts.processing)
            \(feedback)</assessmentItem>

            """
    }

    private static func lines(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { MarkupText.escaped(String($0)) }.joined(
            separator: "<br/>")
    }

    private static func declaration(
        _ cardinality: String, _ base: String, of id: String = "RESPONSE", correct: [String], mapping: [(String, Double)] = []
    ) -> String {
        let values = correct.map { "<value>\(MarkupText.escaped($0))</value>" }.joined()
        let entries = mapping.map { "<mapEntry mapKey=\"\(MarkupText.escaped($0.0))\" mappedValue=\"\($0.1.plain)\"/>" }.joined()
        let map = mapping.isEmpty ? "" : "<mapping lowerBound=\"0\" defaultValue=\"0\">\(entries)</mapping>"
        return "<responseDeclaration identifier=\"\(id)\" cardinality=\"\(cardinality)\" baseType=\"\(base)\">"
            + "<correctResponse>\(values)</correctResponse>\(map)</responseDeclaration>\n"
    }

    private static func choices(_ texts: [String], _ element: String = "simpleChoice", prefix: String = "C", more: String = "")
        -> String
    {
        texts.enumerated().map {
            "<\(element) identifier=\"\(prefix)\($0.offset + 1)\"\(more)>\(lines($0.element))</\(element)>\n"
        }.joined()
    }

    private static func parts(_ draft: QuestionDraft) -> Parts {
        var parts = Parts()
        switch draft.content {
        case .choice(let options, let right):
            let ids = right.map { "C\($0 + 1)" }
            let isOne = draft.kind == .multipleChoice
            if isOne {
                parts.declarations = declaration("single", "identifier", correct: ids)
            } else {
                let (gain, loss) = (
                    draft.points / Double(max(1, right.count)), draft.points / Double(max(1, options.count - right.count))
                )
                let mapping = options.indices.map { ("C\($0 + 1)", right.contains($0) ? gain : -loss) }
                parts.declarations = declaration("multiple", "identifier", correct: ids, mapping: mapping)
                parts.processing = mapped
            }
            parts.body =
                "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"\(isOne ? 1 : 0)\">\n\(choices(options))</choiceInteraction>\n"
        case .truth(let isTrue):
            parts.declarations = declaration("single", "identifier", correct: [isTrue ? "true" : "false"])
            parts.body = """
                <choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
                <simpleChoice identifier="true">True</simpleChoice>
                <simpleChoice identifier="false">False</simpleChoice>
                </choiceInteraction>

                """
        case .typed(let key):
            parts.declarations = declaration(
                "single", "string", correct: key.accepted.prefix(1).map(\.self), mapping: typed(key, draft.points))
            parts.body = "<p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>\n"
            parts.processing = mapped
        case .gaps(let keys):
            var (body, rest) = ("", draft.stem[...])
            for (index, (gap, key)) in zip(draft.stem.gaps, keys).enumerated() {
                let id = index == 0 ? "RESPONSE" : "RESPONSE\(index + 1)"
                parts.declarations += declaration(
                    "single", "string", of: id, correct: key.accepted.prefix(1).map(\.self),
                    mapping: typed(key, draft.points / Double(keys.count)))
                body += lines(String(rest[..<gap.lowerBound])) + "<textEntryInteraction responseIdentifier=\"\(id)\"/>"
                rest = draft.stem[gap.upperBound...]
            }
            parts.body = "<p>\(body)\(lines(String(rest)))</p>\n"
            parts.processing = mapped
        case .matching(let prompts, let answers):
            let pairs = prompts.indices.map { "P\($0 + 1) A\($0 + 1)" }
            parts.declarations = declaration(
                "multiple", "directedPair", correct: pairs, mapping: pairs.map { ($0, draft.points / Double(prompts.count)) })
            parts.body = """
                <matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="\(prompts.count)">
                <simpleMatchSet>
                \(choices(prompts, "simpleAssociableChoice", prefix: "P", more: " matchMax=\"1\""))</simpleMatchSet>
                <simpleMatchSet>
                \(choices(answers, "simpleAssociableChoice", prefix: "A", more: " matchMax=\"\(prompts.count)\""))</simpleMatchSet>
                </matchInteraction>

                """
            parts.processing = mapped
        case .ordering(let items):
            parts.declarations = declaration("ordered", "identifier", correct: items.indices.map { "C\($0 + 1)" })
            parts.body =
                "<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\">\n\(choices(items))</orderInteraction>\n"
        case .number(let key):
            parts.declarations = declaration("single", "float", correct: [key.value.plain])
            let unit = key.unit.map { " " + MarkupText.escaped($0) } ?? ""
            parts.body = "<p><textEntryInteraction responseIdentifier=\"RESPONSE\"/>\(unit)</p>\n"
            if let tolerance = key.tolerance {
                parts.processing = """
                    <responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="\(tolerance.plain) \(tolerance.plain)"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE"><baseValue baseType="float">\(draft.points.plain)</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>
                    """
            }
        }
        return parts
    }

    private static func typed(_ key: TypedKey, _ points: Double) -> [(String, Double)] {
        key.accepted.map { ($0, points) } + key.partly.map { ($0, points / 2) }
    }
}
