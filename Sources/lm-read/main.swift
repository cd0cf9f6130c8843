import Glibc
import Manuscript
import Reading

// Reads one untrusted file and prints what it says as JSON; `lm` runs it in the sandbox and believes nothing else of the file.
//
// The file lies in the working folder as `document.FORM`. Its name tells the form, not an argument: Swift finds arguments in `/proc`,
// which is not within the walls. What of it is asked for may stand in a second file, `wanted`. The exit status is a `ReadingFault` where the file cannot be read.

let form = ReadingForm.allCases.first { access("document.\($0.rawValue)", R_OK) == 0 }
guard let form else { exit(ReadingFault.misused.rawValue) }
let path = "document.\(form.rawValue)"

do {
    let wanted = InputFile.read("wanted").map { String(decoding: $0, as: UTF8.self) } ?? ""
    if form == .parcel {
        try OutputFile.write(ParcelReader.read(path, wanted: wanted))
        exit(0)
    }
    guard let bytes = InputFile.read(path) else { exit(ReadingFault.misused.rawValue) }
    try OutputFile.write(Reader.read(bytes, as: form, wanted: wanted))
} catch {
    exit(error.rawValue)
}
