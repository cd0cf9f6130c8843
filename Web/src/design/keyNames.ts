export const apple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** The key that begins the app's shortcuts. */
export const modifier = apple ? "⌘" : "Ctrl";
