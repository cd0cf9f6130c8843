/** The first page. */
const words = {
  place: "Today",
  opening: "Opening your day",
  tryAgain: "Try again",
  night: "Still awake?",
  nightName: "Still awake, {name}?",
  morning: "Good morning",
  morningName: "Good morning, {name}",
  day: "Hello",
  dayName: "Hello, {name}",
  evening: "Good evening",
  eveningName: "Good evening, {name}",
  ask: "What would you like to understand?",
  atWork: "Being read",
  moreAtWork: { one: "and {count} more", other: "and {count} more" },
  continue: "Go on",
  read: "Read {day}",
  readTo: "Page {page} · read {day}",
  asked: "Conversation · {day}",
  exams: "Exams",
  daysLeft: { one: "day", other: "days" },
  courses: "Courses",
  noCourses: "A course keeps its documents, your questions and the days to the exam together.",
} as const;

export default words;
