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
  send: "Send",
  mute: "Mute",
  unmute: "Unmute",
  interrupt: "Interrupt",
  end: "End",
  tryAgain: "Try again",
  noMicrophone: "The microphone cannot be used; write instead, and hear the answer.",
  drawing: "The drawing for “{said}”",
} as const;

export default words;
