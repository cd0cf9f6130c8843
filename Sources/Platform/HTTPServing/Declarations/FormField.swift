/// A field of a multipart form, for the API's document.
package struct FormField: Sendable {
    package enum Form: Sendable { case file, text }

    package let name: String
    package let form: Form
    package let isRequired: Bool
    package let description: String

    package init(_ name: String, _ form: Form, required: Bool = false, _ description: String) {
        self.name = name
        self.form = form
        isRequired = required
        self.description = description
    }
}
