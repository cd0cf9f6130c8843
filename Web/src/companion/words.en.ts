/** Conversations by voice. */
const words = {
  place: "Talk",
  begin: "Talk with the companion",
  persona: "Who speaks",
  connecting: "Connecting",
  listening: "Listening",
  thinking: "Thinking",
  speaking: "Speaking",
  muted: "Muted",
  lost: "The connection is lost",
  captions: "Captions",
  write: "Write instead",
  greeting: "Hello, I am {name}, your study companion. Ask me about your documents, or tell me how it is going.",
  noRecognition: "Listening is not set up here just now. Write instead, and hear the answer.",
  noSpeech: "Speech is down, answering in text.",
  send: "Send",
  mute: "Mute",
  unmute: "Unmute",
  interrupt: "Interrupt",
  end: "End talk",
  tryAgain: "Try again",
  noMicrophone: "The microphone cannot be used; write instead, and hear the answer.",
  drawing: "The drawing for “{said}”",
} as const;

export default words;
