import FoundationEssentials
import Glibc

/// Makes of a Whisper model one that hears less than half a minute at a time.
///
/// Whatever it is given, Whisper hears half a minute, filled up with silence, and takes as long for a word as for that. The weights do for
/// less as well: the table of places is cut, and the window is written into the file, which whisper.cpp's format cannot say and GGUF does.
package enum ShortWindow {
    /// The length of the window.
    package static let seconds = 8
    /// What the model is called, beside the one that it is made of.
    package static let file = "whisper-\(seconds)s.gguf"

    /// Reads a model in whisper.cpp's format and writes the same in GGUF. The file is there when it is whole. Blocks for some tenths of a
    /// second.
    ///
    /// - Throws: `SpeechModelFailure`: `.damaged` for a model that this cannot be done with, as those for English alone.
    package static func make(from source: String, to target: String, seconds: Int = Self.seconds) throws(SpeechModelFailure) {
        guard let bytes = try? Data(contentsOf: URL(filePath: source), options: .alwaysMapped) else {
            throw .damaged("\(source) cannot be read")
        }
        let model = try LegacyWhisperModel(bytes)
        let tokens = try WhisperTokens(text: model.tokens.map { BytePairAlphabet.text(of: $0) }, count: model.vocabulary)
        let frames = seconds * 100
        guard frames / 2 <= model.audioContext else { throw .damaged("its window is shorter than \(seconds) s") }
        let tensors = try tensors(of: model, places: frames / 2)
        var head = GGUFHead()
        for (key, value) in keys(of: model, tokens, seconds: seconds, frames: frames) { head.put(key, value) }
        for tensor in tensors { head.put(tensor: tensor.name, sizes: tensor.sizes, type: tensor.type, bytes: tensor.bytes.count) }
        try write([head.encoded()] + tensors.flatMap { [$0.bytes, GGUFHead.padding(after: $0.bytes.count)] }, to: target)
    }

    private static func write(_ parts: [Data], to target: String) throws(SpeechModelFailure) {
        // Another process may be making the same.
        let part = "\(target).\(getpid()).part"
        guard let file = fopen(part, "wb") else { throw .unwritable("\(part) cannot be made") }
        let isWritten = parts.allSatisfy { part in
            part.isEmpty || part.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) } == part.count
        }
        guard fclose(file) == 0, isWritten, rename(part, target) == 0 else {
            unlink(part)
            throw .unwritable("the disk is full")
        }
    }

    // MARK: - Keys

    private static func keys(
        of model: LegacyWhisperModel, _ tokens: WhisperTokens, seconds: Int, frames: Int
    ) -> [(String, GGUFHead.Value)] {
        let general: [(String, GGUFHead.Value)] = [
            ("general.architecture", .text("whisper")), ("general.name", .text("Whisper")),
            ("general.languages", .texts(tokens.languages)), ("stt.variant", .text("whisper")),
            ("stt.capability.lang_detect", .flag(true)), ("stt.capability.translate", .flag(true)),
            ("stt.capability.timestamps", .flag(true)), ("tokenizer.ggml.model", .text("gpt2")),
            ("tokenizer.ggml.pre", .text("gpt2")), ("tokenizer.ggml.tokens", .texts(tokens.all)),
            ("tokenizer.ggml.token_type", .numbers(tokens.all.indices.map { tokens.isText($0) ? 1 : 3 })),
            ("tokenizer.ggml.bos_token_id", .number(tokens.endOfText)), ("tokenizer.ggml.eos_token_id", .number(tokens.endOfText)),
            ("tokenizer.ggml.padding_token_id", .number(tokens.endOfText)),
        ]
        let encoder: [(String, GGUFHead.Value)] = [
            ("n_layers", .number(model.audioLayers)), ("d_model", .number(model.audioState)),
            ("n_heads", .number(model.audioHeads)),
            ("ffn_dim", .number(4 * model.audioState)), ("num_mel_bins", .number(model.mels)),
            ("max_source_positions", .number(frames / 2)), ("activation", .text("gelu")),
        ]
        let decoder: [(String, GGUFHead.Value)] = [
            ("n_layers", .number(model.textLayers)), ("d_model", .number(model.textState)), ("n_heads", .number(model.textHeads)),
            ("ffn_dim", .number(4 * model.textState)), ("max_target_positions", .number(model.textContext)),
            ("vocab_size", .number(model.vocabulary)), ("activation", .text("gelu")), ("tie_word_embeddings", .flag(true)),
            ("scale_embedding", .flag(false)),
        ]
        let decoding: [(String, GGUFHead.Value)] = [
            ("decoder_start_token_id", .number(tokens.start)), ("no_timestamps_token_id", .number(tokens.noTimes)),
            ("sot_token_id", .number(tokens.start)), ("transcribe_token_id", .number(tokens.transcribe)),
            ("translate_token_id", .number(tokens.translate)), ("prev_sot_token_id", .number(tokens.startOfPrevious)),
            ("suppress_tokens", .numbers(tokens.suppressed)),
            // A space, and the end: an answer begins with neither.
            ("begin_suppress_tokens", .numbers([220, tokens.endOfText])),
        ]
        // Of every Whisper model: windows of 25 ms every 10.
        let sound: [(String, GGUFHead.Value)] = [
            ("type", .text("mel")), ("num_mels", .number(model.mels)), ("sample_rate", .number(16_000)), ("n_fft", .number(400)),
            ("win_length", .number(400)), ("hop_length", .number(160)), ("window", .text("hann_periodic")),
            ("normalize", .text("whisper_logmel")), ("dither", .real(0)), ("pre_emphasis", .real(0)), ("f_min", .real(0)),
            ("f_max", .real(8_000)), ("pad_mode", .text("reflect")), ("center", .flag(true)), ("mel_norm", .text("slaney")),
            ("chunk_length", .number(seconds)), ("n_samples", .number(seconds * 16_000)), ("nb_max_frames", .number(frames)),
        ]
        return general + encoder.map { ("stt.whisper.encoder." + $0, $1) } + decoder.map { ("stt.whisper.decoder." + $0, $1) }
            + decoding.map { ("stt.whisper." + $0, $1) } + sound.map { ("stt.frontend." + $0, $1) }
    }

    // MARK: - Tensors

    private static func tensors(of model: LegacyWhisperModel, places: Int) throws(SpeechModelFailure) -> [LegacyWhisperModel.Tensor]
    {
        var window = Data()
        window.append(floats: (0..<400).map { Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / 400)) })
        var made = [
            LegacyWhisperModel.Tensor(
                name: "frontend.mel_filterbank", sizes: [model.frequencies, model.mels], type: 0, bytes: model.filters),
            LegacyWhisperModel.Tensor(name: "frontend.window", sizes: [400], type: 0, bytes: window),
        ]
        for tensor in model.tensors {
            guard let name = name(of: tensor.name) else { throw .damaged("an unknown tensor \(tensor.name)") }
            var (sizes, bytes) = (tensor.sizes, tensor.bytes)
            if name == "enc.pos_emb.weight" {
                guard sizes == [model.audioState, model.audioContext], tensor.type == 0 else {
                    throw .damaged("its table of places")
                }
                sizes[1] = places
                bytes = bytes.prefix(places * model.audioState * 4)
            } else if name.hasPrefix("enc.conv."), name.hasSuffix(".bias") {
                // A column in the one format, a row in the other.
                sizes = [sizes.reduce(1, *)]
            }
            made.append(LegacyWhisperModel.Tensor(name: name, sizes: sizes, type: tensor.type, bytes: bytes))
        }
        return made
    }

    private static let names = [
        "encoder.positional_embedding": "enc.pos_emb.weight", "encoder.conv1.weight": "enc.conv.0.weight",
        "encoder.conv1.bias": "enc.conv.0.bias", "encoder.conv2.weight": "enc.conv.1.weight",
        "encoder.conv2.bias": "enc.conv.1.bias",
        "encoder.ln_post.weight": "enc.final_norm.weight", "encoder.ln_post.bias": "enc.final_norm.bias",
        "decoder.positional_embedding": "dec.pos_emb.weight", "decoder.token_embedding.weight": "dec.token_embd.weight",
        "decoder.ln.weight": "dec.final_norm.weight", "decoder.ln.bias": "dec.final_norm.bias",
    ]
    private static let blocks = [
        "encoder": [
            "attn_ln": "norm_attn", "attn.query": "attn.q", "attn.key": "attn.k", "attn.value": "attn.v", "attn.out": "attn.out",
            "mlp_ln": "norm_ffn", "mlp.0": "ffn.fc1", "mlp.2": "ffn.fc2",
        ],
        "decoder": [
            "attn_ln": "norm_self", "attn.query": "self_attn.q", "attn.key": "self_attn.k", "attn.value": "self_attn.v",
            "attn.out": "self_attn.out", "cross_attn_ln": "norm_cross", "cross_attn.query": "cross_attn.q",
            "cross_attn.key": "cross_attn.k", "cross_attn.value": "cross_attn.v", "cross_attn.out": "cross_attn.out",
            "mlp_ln": "norm_ffn", "mlp.0": "ffn.fc1", "mlp.2": "ffn.fc2",
        ],
    ]

    /// What libtranscribe calls a tensor of whisper.cpp: `enc.blocks.3.attn.q.weight` for `encoder.blocks.3.attn.query.weight`.
    private static func name(of name: String) -> String? {
        if let known = names[name] { return known }
        let parts = name.split(separator: ".")
        guard parts.count > 4, parts[1] == "blocks", let kind = parts.last,
            let known = blocks[String(parts[0])]?[parts[3..<parts.count - 1].joined(separator: ".")]
        else { return nil }
        return "\(parts[0].prefix(3)).blocks.\(parts[2]).\(known).\(kind)"
    }
}
