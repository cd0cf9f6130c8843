#pragma once
#include <curl/curl.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call: one typed shim for each argument kind.

static inline CURLcode curl_set_long(CURL *easy, CURLoption option, long value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode curl_set_string(CURL *easy, CURLoption option, const char *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode curl_set_pointer(CURL *easy, CURLoption option, void *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) { return curl_easy_setopt(easy, option, value); }

typedef size_t (*curl_data_function)(char *data, size_t size, size_t count, void *context);
static inline CURLcode curl_set_data_function(CURL *easy, CURLoption option, curl_data_function value) {
    return curl_easy_setopt(easy, option, value);
}

typedef curl_socket_t (*curl_open_function)(void *context, curlsocktype purpose, struct curl_sockaddr *address);
static inline CURLcode curl_set_open_function(CURL *easy, curl_open_function value) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline CURLcode curl_get_double(CURL *easy, CURLINFO info, double *value) { return curl_easy_getinfo(easy, info, value); }
static inline CURLMcode curl_multi_set_long(CURLM *multi, CURLMoption option, long value) { return curl_multi_setopt(multi, option, value); }

static inline CURLcode curl_get_long(CURL *easy, CURLINFO info, long *value) { return curl_easy_getinfo(easy, info, value); }

/// The result in a `CURLMSG_DONE` message; it lies in a union.
static inline CURLcode curl_message_result(const CURLMsg *message) { return message->data.result; }

// Macros with casts, which the importer leaves out.
static const size_t curl_write_pause = CURL_WRITEFUNC_PAUSE;
static const size_t curl_read_pause = CURL_READFUNC_PAUSE;
static const size_t curl_read_abort = CURL_READFUNC_ABORT;
static const curl_socket_t curl_no_socket = CURL_SOCKET_BAD;
static const long curl_tls_required = CURLUSESSL_ALL;
static const long curl_tls_where_offered = CURLUSESSL_TRY;
static const long curl_global_everything = CURL_GLOBAL_ALL;
static inline struct sockaddr *curl_socket_address(struct curl_sockaddr *address) { return &address->addr; }
