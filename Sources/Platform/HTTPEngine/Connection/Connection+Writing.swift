import CLinux
import Failures
import Glibc
import HTTPServing

extension Connection {
    static let clientIsGone = HTTPFailure(.cancelled, "The client is gone.")

    func write(_ bytes: [UInt8], _ number: UInt64) async throws {
        try Task.checkCancellation()
        guard phase == .handling || phase == .upgraded, let exchange, exchange.number == number, !exchange.responseIsComplete else {
            throw Connection.clientIsGone
        }
        guard !bytes.isEmpty else { return }
        self.exchange?.isBetweenEvents = bytes.suffix(2) == [ByteClass.lf, ByteClass.lf]
        append(bytes, isChunked: exchange.isChunked)
        flush()
        guard phase == .handling || phase == .upgraded else { throw Connection.clientIsGone }
        if output.buffered > context.configuration.writeHighWater { try await waitForRoom() }
    }

    private func append(_ bytes: [UInt8], isChunked: Bool) {
        guard isChunked else { return output.append(bytes) }
        var chunk: [UInt8] = []
        chunk.reserveCapacity(bytes.count + 12)
        ResponseHead.appendChunkSize(bytes.count, to: &chunk)
        chunk.append(contentsOf: bytes)
        chunk.append(ByteClass.cr)
        chunk.append(ByteClass.lf)
        output.append(chunk)
    }

    private func waitForRoom() async throws {
        writerCount += 1
        let id = writerCount
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waitingWriters[id] = continuation
                }
            }
        } onCancel: {
            loop.execute { _ in
                self.assumeIsolated { $0.waitingWriters.removeValue(forKey: id)?.resume(throwing: CancellationError()) }
            }
        }
    }

    /// Sends what the socket takes, and goes on to what follows when all is sent.
    func flush() {
        let wasBlocked = interest & EPOLLOUT.rawValue != 0
        let (outcome, progress) = output.flush(to: descriptor)
        if output.buffered <= context.configuration.writeHighWater / 2, !waitingWriters.isEmpty {
            let writers = waitingWriters
            waitingWriters = [:]
            for writer in writers.values { writer.resume() }
        }
        switch outcome {
        case .failed: abort()
        case .blocked:
            if progress || !wasBlocked { setDeadline(after: context.configuration.writeDeadline) }
            addInterest(EPOLLOUT.rawValue)
        case .empty:
            if wasBlocked {
                dropInterest(EPOLLOUT.rawValue)
                setDeadline(after: nil)
                armBodyDeadline()
            }
            if phase == .closing || phase == .upgraded && exchange?.responseIsComplete == true {
                linger()
            } else if exchange?.responseIsComplete == true, phase == .handling {
                responseSent()
            }
        }
    }

    /// The peer sent its end while its answer is being made: it closed, or it only has nothing more to say.
    ///
    /// Only a byte sent tells the two apart: a peer that closed answers it with a reset, which comes back as EPOLLHUP and cancels
    /// the handler. An interim response, or between server-sent events a comment, is a byte that a peer which still reads ignores.
    /// Other responses find out with the next byte that they write.
    func peerHasFinished() {
        dropInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
        guard let exchange, output.isEmpty, exchange.minorVersion == 1, !exchange.responseIsComplete else { return }
        if !exchange.responseBegan {
            output.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            flush()
        } else if exchange.isEventStream, exchange.isBetweenEvents {
            append(Array(":\n\n".utf8), isChunked: true)
            flush()
        }
    }
}
