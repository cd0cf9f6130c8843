import { FormEvent, useId, useState } from "react";
import { describe } from "../api/errors";
import { bringAPI, CalendarImport, CalendarPlace } from "../api/planner";
import { useCourses } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { showToast } from "../design/toastStore";
import { closeSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { BroughtEvents } from "./BroughtEvents";
import { timeZone } from "./days";
import { Choice } from "./EventForm";
import { changed, takingBack } from "./plannerStore";
import { Subscriptions } from "./Subscriptions";

type Where = "file" | "address";

/** Brings a calendar of another program in: shows what would come, then takes it, once or again and again. */
export default function BringDialog() {
  const courses = useCourses().filter((course) => !course.is_archived);
  const [where, setWhere] = useState<Where>("file");
  const [file, setFile] = useState<File | null>(null);
  const [url, setURL] = useState("");
  const [course, setCourse] = useState("");
  const [found, setFound] = useState<CalendarImport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [read, setRead] = useState(0);
  const place: CalendarPlace | null = where === "file" ? (file === null ? null : { file }) : url.trim() === "" ? null : { url: url.trim() };

  const run = async (action: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await action();
    } catch (error) {
      setProblem(describe(error));
    }
    setBusy(false);
  };
  const look = (at: CalendarPlace) => run(async () => {
    setFound(null);
    setFound(await bringAPI.bring(at, null, true));
  });
  const bring = () => run(async () => {
    if (place === null) return;
    const brought = await bringAPI.bring(place, course === "" ? null : course, false);
    changed();
    showToast(t("planner.brought", { added: brought.added, updated: brought.updated }), { life: 12_000, ...takingBack(brought.undo_id) });
    closeSheet();
  });
  const subscribe = () => run(async () => {
    const made = await bringAPI.subscribe({ url: url.trim(), time_zone: timeZone(), ...(course === "" ? {} : { course_id: course }) });
    changed();
    showToast(t("planner.subscribed", { name: made.name }), { life: 8000 });
    setFound(null);
    setURL("");
    setRead((count) => count + 1);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (place !== null) void look(place);
  };
  const nothing = found !== null && found.added + found.updated + found.cancelled === 0;
  return (
    <Dialog title={t("planner.bring")} onClose={closeSheet} sheet>
      <div className="planner-form">
        <div className="stack">
          <Segments
            label={t("planner.bringFrom")} value={where} choices={[{ value: "file", label: t("planner.bringFile") }, { value: "address", label: t("planner.bringAddress") }]}
            onChange={(value) => {
              setWhere(value);
              setFound(null);
              setProblem(null);
            }}
          />
          {where === "file" ? (
            <FileField
              file={file}
              onChange={(chosen) => {
                setFile(chosen);
                void look({ file: chosen });
              }}
            />
          ) : (
            <form className="planner-bring-address" onSubmit={submit}>
              <Field label={t("planner.bringURL")} value={url} maxLength={2000} inputMode="url" placeholder={t("planner.bringURLExample")} hint={t("planner.bringURLHint")} onChange={(event) => setURL(event.target.value)} />
              <button type="submit" className="button" disabled={busy || url.trim() === ""}>{t("planner.look")}</button>
            </form>
          )}
          {problem ? <Problem>{problem}</Problem> : null}
          {busy && found === null ? <Loading label={t("planner.looking")} /> : null}
          {found === null ? null : <BroughtEvents found={found} />}
          {found !== null && courses.length > 0 && found.added > 0 ? (
            <Choice label={t("planner.bringCourse")} value={course} onChange={setCourse} options={[["", t("planner.bringCourseGuess")], ...courses.map(({ id, name }): [string, string] => [id, name])]} />
          ) : null}
        </div>
        <Subscriptions version={read} />
        {found === null ? null : (
          <footer>
            <button type="button" className="button" onClick={closeSheet}>{t("planner.cancel")}</button>
            {where === "address" ? <button type="button" className="button" disabled={busy} onClick={() => void subscribe()}><Icon name="retry" size={18} /> {t("planner.subscribe")}</button> : null}
            <button type="button" className="button primary" disabled={busy || nothing} onClick={() => void bring()}>{t("planner.bringNow")}</button>
          </footer>
        )}
      </div>
    </Dialog>
  );
}

/** Chooses a file, by a press or by letting one fall here. */
function FileField({ file, onChange }: { file: File | null; onChange: (file: File) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <div
      className={over ? "planner-drop over" : "planner-drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onChange(dropped);
      }}
    >
      <input
        id={id} type="file" accept=".ics,.ical,.ifb,text/calendar" className="visually-hidden"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onChange(chosen);
          event.target.value = "";
        }}
      />
      <label htmlFor={id} className="button"><Icon name="upload" size={18} /> {t("planner.chooseFile")}</label>
      <p className="hint" dir="auto">{file === null ? t("planner.bringHint") : file.name}</p>
    </div>
  );
}
