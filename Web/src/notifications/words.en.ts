/** The news. */
const words = {
  place: "Notifications",
  reading: "Reading your notifications",
  tryAgain: "Try again",
  noneTitle: "Nothing new",
  none: "When a document is ready, or could not be read, it is told here.",
  ready: "Ready to be read and asked",
  new: "New",
  retry: "Retry",
  retryOne: "Try {title} again",
  again: "“{title}” is being read again.",
} as const;

export default words;
