/** What a student says of themselves, and what they have done here. */
const words = {
  place: "Profile",
  since: "Here since {day}",
  reading: "Reading your profile",
  tryAgain: "Try again",
  account: "Email, password and devices",
  about: "About you",
  name: "Name",
  colour: "Colour",
  subjects: "Subjects",
  subjectsHint: "What you study, separated by commas.",
  save: "Save the profile",
  saved: "Your profile was saved.",
  figures: "What you have done",
  streak: "In a row",
  days: { one: "{count} day", other: "{count} days" },
  studyTime: "Time studied",
  minutes: { one: "{count} minute", other: "{count} minutes" },
  hours: "{hours} h {minutes} min",
  documents: "Documents",
  questions: "Questions asked",
  quizzes: "Quizzes taken",
  cards: "Cards",
  reviews: "Cards answered",
} as const;

export default words;
