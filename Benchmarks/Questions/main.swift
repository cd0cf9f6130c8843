import Embedding
import Foundation
import Parsing
import Questions

// questions-bench MODELS WORDNET [more|standard] [COUNT] [KIND] < documents.json
// documents.json: [{"title": …, "passages": [{"text": …, "headings": […]}]}]. Writes what became of each as JSON; `parse` instead of
// WORDNET gives sentences, one a line, to the parser alone; `grade` grades answers.

struct Document: Decodable {
    struct Passage: Decodable {
        var text: String
        var headings: [String]?
    }

    var title: String
    var passages: [Passage]
}

struct Result: Encodable {
    var title: String
    var seconds: Double
    var summary: DraftSummary
    var questions: [DraftQuestion]
}

func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    FileHandle.standardError.write(
        Data("usage: questions-bench MODELS WORDNET|parse|grade [more|standard] [COUNT] [KIND] < documents.json\n".utf8))
    exit(64)
}
let models = arguments[1]
let input = try FileHandle.standardInput.readToEnd() ?? Data()

if arguments[2] == "parse" {
    let parser = try EnglishParser(folder: "\(models)/english-parser")
    let lines = String(decoding: input, as: UTF8.self).split(separator: "\n").map(String.init)
    var words = 0
    let time = ContinuousClock().measure { for line in lines { words += parser.parse(line).count } }
    print(#"{"words": \#(words), "seconds": \#(seconds(time))}"#)
} else if arguments[2] == "grade" {
    // Lines `? question<tab>reference`, then `sort<tab>answer` each; writes `sort<tab>verdict<tab>answer`.
    let embedder = try EmbeddingModel.miniLM.load(directory: "\(models)/all-MiniLM-L6-v2", workers: 2)
    let grading = CertainGrading(embedder: embedder, wordnet: try? WordNet(folder: "/usr/share/wordnet"))
    var stem = ""
    var key = TypedKey(accepted: [], isOpen: true)
    for line in String(decoding: input, as: UTF8.self).split(separator: "\n") {
        let fields = line.split(separator: "\t", maxSplits: 1).map(String.init)
        guard fields.count == 2 else { continue }
        if line.hasPrefix("? ") {
            stem = String(fields[0].dropFirst(2))
            key.accepted = [fields[1]]
        } else {
            let grade = try await grading.grade(.text(fields[1]), to: .typed(key), stem: stem)
            print("\(fields[0])\t\(grade.verdict.rawValue)\t\(grade.reason.rawValue)\t\(fields[1])")
        }
    }
} else {
    let embedder = try EmbeddingModel.miniLM.load(directory: "\(models)/all-MiniLM-L6-v2", workers: 2)
    let resources = QuestionResources.load(
        parserFolder: "\(models)/english-parser", frequencyFolder: "\(models)/english-frequencies", wordnetFolder: arguments[2],
        embedder: embedder)
    let drafting = TextDrafting(resources)
    let wish = DraftWish(
        count: arguments.count > 4 ? Int(arguments[4]) ?? 50 : 50,
        kinds: arguments.count > 5 ? QuestionKind(rawValue: arguments[5]).map { [$0] } : nil,
        tier: arguments.count > 3 && arguments[3] == "more" ? .more : .standard)
    var results: [Result] = []
    for document in try JSONDecoder().decode([Document].self, from: input) {
        let source = QuestionSource(
            passages: document.passages.enumerated().map { number, passage in
                SourcePassage(
                    id: "\(number)", document: document.title, title: document.title, text: passage.text,
                    headings: [PlaceMark(offset: 0, value: passage.headings ?? [])])
            })
        let start = ContinuousClock.now
        var result = Result(title: document.title, seconds: 0, summary: DraftSummary(), questions: [])
        for try await event in drafting.drafts(from: source, as: wish) {
            switch event {
            case .question(let question): result.questions.append(question)
            case .finished(let summary): result.summary = summary
            case .progress: break
            }
        }
        result.seconds = seconds(ContinuousClock.now - start)
        results.append(result)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(results), as: UTF8.self))
}
