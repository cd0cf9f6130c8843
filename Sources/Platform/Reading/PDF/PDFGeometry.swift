/// A rectangle in points; which of its corners is named first does not matter.
struct PDFRectangle {
    var left: Double
    var bottom: Double
    var right: Double
    var top: Double

    init(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        (left, bottom, right, top) = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    }

    var width: Double { right - left }
    var height: Double { top - bottom }
    var area: Double { width * height }

    /// To a tenth of a point.
    var values: [Double] { [left, bottom, right, top].map { ($0 * 10).rounded() / 10 } }

    /// nil where they do not touch.
    func intersection(_ other: PDFRectangle) -> PDFRectangle? {
        let (left, right) = (max(left, other.left), min(right, other.right))
        let (bottom, top) = (max(bottom, other.bottom), min(top, other.top))
        return left <= right && bottom <= top ? PDFRectangle(left, bottom, right, top) : nil
    }

    func reaching(_ x: Double, _ y: Double) -> PDFRectangle {
        PDFRectangle(min(left, x), min(bottom, y), max(right, x), max(top, y))
    }
}

/// How coordinates become others (ISO 32000-1, 8.3.3).
struct PDFMatrix {
    var a: Double
    var b: Double
    var c: Double
    var d: Double
    var e: Double
    var f: Double

    init(a: Double, b: Double, c: Double, d: Double, e: Double, f: Double) {
        (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
    }

    /// - Parameter values: six.
    init(_ values: [Double]) {
        self.init(a: values[0], b: values[1], c: values[2], d: values[3], e: values[4], f: values[5])
    }

    func followed(by next: PDFMatrix) -> PDFMatrix {
        PDFMatrix(
            a: a * next.a + b * next.c, b: a * next.b + b * next.d, c: c * next.a + d * next.c, d: c * next.b + d * next.d,
            e: e * next.a + f * next.c + next.e, f: e * next.b + f * next.d + next.f)
    }

    func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (x * a + y * c + e, x * b + y * d + f) }

    /// The smallest upright rectangle around the turned one.
    func applied(to box: PDFRectangle) -> PDFRectangle {
        let first = point(box.left, box.bottom)
        var result = PDFRectangle(first.x, first.y, first.x, first.y)
        for (x, y) in [(box.right, box.bottom), (box.left, box.top), (box.right, box.top)] {
            let corner = point(x, y)
            result = result.reaching(corner.x, corner.y)
        }
        return result
    }
}
