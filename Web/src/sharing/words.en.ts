/** Letting others read. */
const words = {
  shareDocument: "Share this document",
  shareCourse: "Share this course",
  shareQuiz: "Share this quiz",
  email: "Email address of an account here",
  documentMeans: "They can read, search and ask it. They cannot change it or share it on.",
  courseMeans: "They can read, search and ask all its documents, also those you add later. They cannot change them or share them on.",
  quizMeans: "They can take it and copy it. They cannot change it or share it on, and you do not learn what they answer.",
  forCourse: "Everybody who reads {course} can take it",
  share: "Share",
  people: "Who can read it",
  takers: "Who can take it",
  reading: "Looking who can read it",
  nobody: "Nobody but you so far.",
  end: "Remove",
  endFor: "Remove {name}",
  added: "{name} can read it now.",
  ended: "{name} cannot read it any more.",
  addedQuiz: "{name} can take it now.",
  endedQuiz: "{name} cannot take it any more.",
  unknown: "Nobody has an account with this address here.",
  yourself: "This is your own address.",
  noAddress: "Type an email address, such as anna@example.org.",
  began: "{owner} shares “{title}” with you.",
} as const;

export default words;
