const words = {
  place: "Search",
  course: "Course",
  allCourses: "All courses",
  nothing: "Nothing was found. Try other words, or search by meaning.",
  nothingClose: "Nothing in your documents comes close to this. Try other words, or a shorter question.",
  alike: { one: "One more passage says nearly the same.", other: "{count} more passages say nearly the same." },
} as const;

export default words;
