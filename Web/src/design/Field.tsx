import { InputHTMLAttributes, ReactNode, useId } from "react";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
}

/** A labelled input whose hint and problem are read out with it. */
export function Field({ label, hint, problem, ...input }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].join(" ").trim();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        dir="auto" {...input} id={id} className="input" aria-invalid={problem ? true : undefined}
        aria-describedby={described === "" ? undefined : described}
      />
      {problem ? <p id={`${id}-problem`} className="problem">{problem}</p> : null}
      {hint ? <p id={`${id}-hint`} className="hint">{hint}</p> : null}
    </div>
  );
}
