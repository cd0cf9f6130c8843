import Glibc
import SpeechEngines
import SpeechMessages

// Speaks and listens within the sandbox, for as long as `lm` has something to ask: messages come by standard input and are answered, one
// after the other, by standard output. The engines and models are the files of the working folder.

var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
guard getcwd(&folder, folder.count) != nil else { exit(1) }
let desk = SpeechDesk(folder: String(decoding: folder.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
var frames = SpeechFrames()
var buffer = [UInt8](repeating: 0, count: 1 << 18)

func say(_ reply: SpeechReply) -> Bool {
    SpeechFrames.framed(reply.encoded()).withUnsafeBytes { bytes in
        var start = 0
        while start < bytes.count {
            let count = write(STDOUT_FILENO, bytes.baseAddress.map { $0 + start }, bytes.count - start)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            start += count
        }
        return true
    }
}

do {
    while true {
        while let message = try frames.next() {
            guard say(desk.answer(try SpeechRequest(message[...]))) else { exit(0) }
        }
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { exit(0) }
        frames.append(buffer[..<count])
    }
} catch {
    exit(2)
}
