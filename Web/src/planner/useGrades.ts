import { useEffect, useState } from "react";
import { ConnectionError, describe, isAbort } from "../api/errors";
import { Assessment, CourseGrade, gradesAPI } from "../api/planner";
import { useStore } from "../state/useStore";
import { changes } from "./plannerStore";

interface Shown {
  works: readonly Assessment[];
  grade: CourseGrade | null;
  phase: "loading" | "ready" | "failed";
  problem: string | null;
}

/** What counts in a course and how that stands, read anew when something changes. */
export function useGrades(course: string): Shown & { reload: () => void } {
  const [shown, setShown] = useState<Shown>({ works: [], grade: null, phase: "loading", problem: null });
  const [turn, setTurn] = useState(0);
  const version = useStore(changes);
  useEffect(() => {
    const controller = new AbortController();
    Promise.all([gradesAPI.assessments(course, controller.signal), gradesAPI.grade(course, controller.signal)]).then(
      ([works, grade]) => setShown({ works, grade, phase: "ready", problem: null }),
      (error: unknown) => {
        if (isAbort(error) || error instanceof ConnectionError) return;
        setShown((now) => ({ ...now, phase: now.grade === null ? "failed" : "ready", problem: describe(error) }));
      },
    );
    return () => controller.abort();
  }, [course, version, turn]);
  return { ...shown, reload: () => setTurn((now) => now + 1) };
}
