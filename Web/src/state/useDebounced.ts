import { useEffect, useState } from "react";

/** A value that follows another when that has rested: what is typed fast is asked for once. */
export function useDebounced<Value>(value: Value, milliseconds = 150): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(value), milliseconds);
    return () => window.clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}
