const words = {
  place: "Search",
  course: "Course",
  allCourses: "All courses",
  nothing: "Nothing was found. Try other words, or search by meaning.",
  nothingClose: "Nothing in your documents comes close to this. Try other words, or a shorter question.",
  alike: { one: "One more passage says nearly the same.", other: "{count} more passages say nearly the same." },
  hybrid: "Best of both",
  vector: "By meaning",
  keyword: "By words",
  box: "Search your documents",
  example: "A word, a phrase or a question",
  how: "How to search",
  tryAgain: "Try again",
  searching: "Searching",
  hint: "Passages are found by their words and by their meaning: a question works as well as a term, in any of your documents.",
  passages: "Passages",
  found: { one: "{count} passage", other: "{count} passages" },
} as const;

export default words;
