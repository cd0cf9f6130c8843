import { FormEvent, useEffect, useRef, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { Launch, platforms } from "../api/platforms";
import type { SharedKind } from "../api/sharing";
import { ownThings, Thing } from "../classes/ownThings";
import { Field } from "../design/Field";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { t } from "../strings/t";

type Chosen = Thing & { kind: SharedKind };

/** A teacher chooses what a platform's course shows; the answer goes back to the platform, from here or from the platform's own page. */
export function Choose({ launch, onChosen }: { launch: Launch; onChosen: () => void }) {
  const [kind, setKind] = useState<SharedKind>("quiz");
  const [text, setText] = useState("");
  const [lists, setLists] = useState<Partial<Record<SharedKind, Thing[]>>>({});
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [ticket, setTicket] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const things = lists[kind];
  useEffect(() => {
    if (things !== undefined) return undefined;
    const controller = new AbortController();
    setProblem(null);
    ownThings(kind, controller.signal).then((found) => setLists((before) => ({ ...before, [kind]: found })), (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [kind, things]);
  useEffect(() => {
    if (ticket !== null) form.current?.submit();
  }, [ticket]);

  const toggle = (thing: Thing) => {
    const isIn = chosen.some(({ id }) => id === thing.id);
    const rest = launch.takes_several ? chosen.filter(({ id }) => id !== thing.id) : [];
    setChosen(isIn && launch.takes_several ? rest : [...rest, { ...thing, kind }]);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const given = await platforms.select(launch.id, chosen.map(({ kind: of, id }) => ({ kind: of, id })));
      if (given === undefined) return onChosen();
      setTicket(given);
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  const shown = (things ?? []).filter(({ title }) => title.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()));
  return (
    <>
      <form onSubmit={(event) => void submit(event)}>
        <p>{launch.course ? t("launch.chooseFor", { course: launch.course, platform: launch.platform }) : t("launch.chooseAt", { platform: launch.platform })}</p>
        <Segments label={t("launch.kind")} value={kind} onChange={setKind} choices={[{ value: "quiz", label: t("launch.quizzes") }, { value: "document", label: t("launch.documents") }, { value: "course", label: t("launch.courses") }]} />
        <Field label={t("launch.find")} type="search" value={text} onChange={(event) => setText(event.target.value)} />
        <p className="launch-note">{kind === "quiz" ? t("launch.quizMeans") : t("launch.sharedMeans")}</p>
        {problem ? <Problem>{problem}</Problem> : null}
        {things === undefined && !problem ? <Loading /> : null}
        {things !== undefined && shown.length === 0 ? <p className="launch-note">{t("launch.nothingFound")}</p> : null}
        <ul className="launch-things" aria-label={t("launch.yours")}>
          {shown.map((thing) => (
            <li key={thing.id}>
              <label>
                <input type={launch.takes_several ? "checkbox" : "radio"} name="thing" checked={chosen.some(({ id }) => id === thing.id)} onChange={() => toggle(thing)} />
                <span dir="auto">{thing.title}</span>
              </label>
            </li>
          ))}
        </ul>
        <button type="submit" className="button primary" disabled={busy || chosen.length === 0}>{chosen.length > 1 ? t("launch.placeSome", { count: chosen.length }) : t("launch.place")}</button>
      </form>
      {ticket === null ? null : <form ref={form} method="post" action={platforms.returnAddress()}><input type="hidden" name="ticket" value={ticket} /></form>}
    </>
  );
}
