import { InputHTMLAttributes, ReactNode, useId, useState } from "react";
import { t } from "../strings/t";
import { Icon } from "./Icon";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
}

/** A labelled input whose hint and problem are read out with it. What is typed as a password can be shown. */
export function Field({ label, hint, problem, ...input }: FieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const secret = input.type === "password";
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].join(" ").trim();
  const field = (
    <input
      dir="auto" {...input} type={secret && shown ? "text" : input.type} id={id} className="input" aria-invalid={problem ? true : undefined}
      aria-describedby={described === "" ? undefined : described} data-focus-first={input.autoFocus ? "" : undefined}
      {...(secret ? { spellCheck: false, autoCapitalize: "off" } : {})}
    />
  );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {secret ? (
        <div className="secret">
          {field}
          <button type="button" className="icon-button" aria-pressed={shown} aria-label={t("design.showTyped")} title={t("design.showTyped")} onClick={() => setShown(!shown)}>
            <Icon name={shown ? "eyeOff" : "eye"} />
          </button>
        </div>
      ) : field}
      {problem ? <p id={`${id}-problem`} className="problem">{problem}</p> : null}
      {hint ? <p id={`${id}-hint`} className="hint">{hint}</p> : null}
    </div>
  );
}
