const key = "lm.goal-after-mail";

/** Keeps where a newcomer was going until the link in their mail brings them back, perhaps in another tab. */
export function rememberGoal(goal: string): void {
  try {
    window.localStorage.setItem(key, goal);
  } catch {
    // A browser that keeps nothing leads to the first page.
  }
}

/** Where they were going, once. */
export function takeGoal(): string | null {
  try {
    const goal = window.localStorage.getItem(key);
    window.localStorage.removeItem(key);
    return goal !== null && /^\/(?![/\\])/.test(goal) ? goal : null;
  } catch {
    return null;
  }
}
