/// A picture with parts of it covered, as Anki writes it: `<img src="heart.png">`, then a gap for each shape, with places in parts of the
/// whole: `{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.05:oi=1}}`. Shapes of one number are asked together; `oi=1` says that
/// the others stay covered meanwhile.
struct OcclusionText {
    private struct Shape {
        var number: Int
        var kind: String
        var values: [String: String]
        var hidesOthers: Bool { values["oi"] == "1" }
    }

    let picture: String?
    private let shapes: [Shape]

    init(_ front: String) {
        picture = MediaNames.all(in: front).first
        var shapes: [Shape] = []
        var rest = front[...]
        while let start = rest.firstRange(of: "{{c") {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else { break }
            let gap = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            guard let middle = gap.firstRange(of: "::image-occlusion:"), let number = Int(gap[..<middle.lowerBound]),
                (1...500).contains(number)
            else { continue }
            let parts = gap[middle.upperBound...].split(separator: ":")
            var values: [String: String] = [:]
            for part in parts.dropFirst() {
                guard let sign = part.firstIndex(of: "=") else { continue }
                values[String(part[..<sign])] = String(part[part.index(after: sign)...])
            }
            shapes.append(Shape(number: number, kind: parts.first.map(String.init) ?? "", values: values))
        }
        self.shapes = shapes
    }

    /// The picture, and the shapes.
    static func parts(of front: String) -> (picture: String, covered: String) {
        let start = front.firstRange(of: "{{c")?.lowerBound ?? front.endIndex
        return (String(front[..<start]).trimmedOfSpace, String(front[start...]).trimmedOfSpace)
    }

    /// The numbers of its shapes, in order, each once.
    var numbers: [Int] { Set(shapes.map(\.number)).sorted() }

    /// The picture with this number's shapes marked, and others covered where they are to be.
    ///
    /// - Parameter isAnswered: whether what this number's shapes cover is shown.
    func side(_ number: Int, isAnswered: Bool) -> String {
        let drawn = shapes.compactMap { shape -> String? in
            if shape.number == number { return Self.element(shape, class: isAnswered ? "occlusion-shown" : "occlusion-asked") }
            return shape.hidesOthers ? Self.element(shape, class: "occlusion-hidden") : nil
        }.joined()
        let name = (picture ?? "").replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        return "<div class=\"occlusion\"><img src=\"\(name)\">"
            + "<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\(drawn)</svg></div>"
    }

    private static func element(_ shape: Shape, class name: String) -> String? {
        func place(_ key: String, of values: [String: String] = shape.values) -> Double? {
            values[key].flatMap(Double.init).map { (min(max($0, -1), 2) * 1000).rounded() }
        }
        switch shape.kind {
        case "rect":
            guard let left = place("left"), let top = place("top"), let width = place("width"), let height = place("height") else {
                return nil
            }
            return "<rect class=\"\(name)\" x=\"\(left)\" y=\"\(top)\" width=\"\(width)\" height=\"\(height)\"></rect>"
        case "ellipse":
            guard let left = place("left"), let top = place("top"), let width = place("rx"), let height = place("ry") else {
                return nil
            }
            return
                "<ellipse class=\"\(name)\" cx=\"\(left + width)\" cy=\"\(top + height)\" rx=\"\(width)\" ry=\"\(height)\"></ellipse>"
        case "polygon":
            let points = (shape.values["points"] ?? "").split(separator: " ").compactMap { pair -> String? in
                let numbers = pair.split(separator: ",").compactMap { Double($0) }
                return numbers.count == 2 ? "\(Int(numbers[0] * 1000)),\(Int(numbers[1] * 1000))" : nil
            }
            return points.count < 3 ? nil : "<polygon class=\"\(name)\" points=\"\(points.joined(separator: " "))\"></polygon>"
        default: return nil
        }
    }
}
