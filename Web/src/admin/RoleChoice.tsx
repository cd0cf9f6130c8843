import { useId } from "react";
import type { Person } from "../api/admin";
import { t } from "../strings/t";

export type Role = Person["role"];

const names = { student: t("admin.student"), teacher: t("admin.teacher"), moderator: t("admin.moderator"), administrator: t("admin.administrator") } as const;
const meanings = { student: t("admin.studentMay"), teacher: t("admin.teacherMay"), moderator: t("admin.moderatorMay"), administrator: t("admin.administratorMay") } as const;

export function roleText(role: Role): string {
  return names[role];
}

/** Each role with what it may do. */
export function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const group = useId();
  return (
    <fieldset className="role-choice">
      <legend>{t("admin.role")}</legend>
      {(["student", "teacher", "moderator", "administrator"] as const).map((role) => (
        <label key={role}>
          <input type="radio" name={group} value={role} checked={role === value} aria-describedby={`${group}-${role}`} onChange={() => onChange(role)} />
          <span>
            <strong>{names[role]}</strong>
            <span id={`${group}-${role}`} className="people-facts">{meanings[role]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
