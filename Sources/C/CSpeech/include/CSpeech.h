// The layouts of libtranscribe 0.4's structures, which its functions take by pointer. The library is opened at run time, and asked for the
// size of each before the first is used (`transcribe_abi_struct_size`).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t struct_size;
    int backend;
    void *device;
    bool no_mmap;
} lm_model_load_params;

typedef struct {
    uint64_t struct_size;
    int n_threads;
    int kv_type;
    int32_t n_ctx;
} lm_session_params;

typedef struct {
    uint64_t struct_size;
    int task, timestamps, pnc, itn, diarize;
    const char *language, *target_language;
    bool keep_special_tags;
    void *family;
    int32_t spec_k_drafts;
    const char *const *vocabulary;
    int32_t n_vocabulary;
    const char *prompt, *prefix;
} lm_run_params;

typedef struct {
    uint64_t struct_size;
    int64_t t0_ms, t1_ms;
    int first_word, n_words, first_token, n_tokens;
    const char *text;
    int32_t speaker_id;
} lm_segment;

typedef struct {
    uint64_t struct_size;
    int id;
    float p;
    int64_t t0_ms, t1_ms;
    int seg_index, word_index;
    const char *text;
} lm_token;

typedef struct {
    uint64_t struct_size;
    int32_t n_threads;
} lm_vad_session_params;

typedef struct {
    uint64_t struct_size;
    double threshold, neg_threshold;
    int32_t min_speech_ms, min_silence_ms, speech_pad_ms, max_speech_ms;
} lm_vad_params;

typedef struct {
    uint64_t struct_size;
    int32_t n_probs;
    int64_t first_frame;
    int32_t n_segments;
} lm_vad_result;

typedef struct {
    uint64_t struct_size;
    int64_t start_sample, end_sample;
} lm_vad_segment;
