/** Reading aloud, and writing down what is said. */
const words = {
  listen: "Read aloud",
  preparing: "Getting ready to read aloud",
  pause: "Pause reading aloud",
  resume: "Go on reading aloud",
  end: "Stop reading aloud",
  faster: "Speed {speed}×",
  notSpoken: "It cannot be read aloud: {problem}",
  dictate: "Dictate",
  finishDictating: "Finish dictating",
  writingDown: "Writing down what you said",
  nothingHeard: "Nothing was heard. Is the right microphone chosen?",
  noMicrophone: "The microphone cannot be used. Your browser's settings for this page let you allow it.",
  notWritten: "It was not written down: {problem}",
} as const;

export default words;
