import { Class, classes } from "../api/classes";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Menu, MenuItem } from "../design/Menu";
import { Loading, Problem } from "../design/Notice";
import { showToast, tellFailure } from "../design/toastStore";
import type { PageProps } from "../frame/Area";
import { NotFoundPage } from "../frame/NotFoundPage";
import { PageTabs } from "../frame/PageTabs";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";
import { useState } from "react";
import { ClassForm } from "./ClassForm";
import { useOfClass } from "./classNews";
import { Results } from "./Results";
import { Shared } from "./Shared";
import { Students } from "./Students";

const tabs = ["students", "shared", "results"] as const;
const titles = { students: t("classes.students"), shared: t("classes.shared"), results: t("classes.results") } as const;

/** One class: for its teacher who takes part, what is shared and what was handed in; for students what is shared. */
export function ClassPage({ params }: PageProps) {
  const id = params["class"] ?? "";
  const { value, problem, gone, reload } = useOfClass((signal) => classes.get(id, signal), id);
  const heading = usePage(value?.name ?? t("classes.one"));
  const tab = tabs.find((each) => each === (params["tab"] ?? (value?.is_teacher ? "students" : "shared")));
  if (gone || tab === undefined) return <NotFoundPage />;
  if (value === null) return problem ? <div className="page"><Problem action={{ label: t("classes.tryAgain"), run: reload }}>{problem}</Problem></div> : <Loading label={t("classes.reading")} />;
  if (!value.is_teacher && tab !== "shared") return <NotFoundPage />;
  return (
    <div className="page class-page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}><span dir="auto">{value.name}</span>{value.is_archived ? <span className="tag">{t("classes.archived")}</span> : null}</h1>
          <p className="sub">{value.is_teacher ? t("classes.count", { count: value.member_count ?? 0 }) : t("classes.by", { name: value.teacher })}</p>
        </div>
        <Menu label={t("classes.actionsOf", { name: value.name })} items={actions(value, reload)} />
      </header>
      {value.about === "" ? null : <p className="class-about" dir="auto">{value.about}</p>}
      {value.is_teacher ? (
        <PageTabs label={t("classes.tabs")}>
          {tabs.map((each) => <Link key={each} to={paths.class(id, each)} aria-current={each === tab ? "page" : undefined}>{titles[each]}</Link>)}
        </PageTabs>
      ) : null}
      {tab === "students" ? <Students of={value} onChange={reload} /> : null}
      {tab === "shared" ? <Shared of={value} onChange={reload} /> : null}
      {tab === "results" ? <Results of={value} /> : null}
      {value.is_teacher ? <ClassForm name="edit-class" of={value} onChange={reload} /> : null}
      <Ending of={value} />
    </div>
  );
}

function actions(of: Class, onChange: () => void): MenuItem[] {
  if (!of.is_teacher) return [{ label: t("classes.leave"), icon: "signOut", danger: true, run: () => openSheet("end-class") }];
  const archive = async () => {
    try {
      await classes.change(of.id, { is_archived: !of.is_archived });
      onChange();
    } catch (error) {
      tellFailure(error);
    }
  };
  return [
    { label: t("classes.edit"), icon: "pencil", run: () => openSheet("edit-class") },
    { label: of.is_archived ? t("classes.bringBack") : t("classes.archive"), icon: "archive", run: () => void archive() },
    { label: t("classes.delete"), icon: "trash", danger: true, run: () => openSheet("end-class") },
  ];
}

/** The question before a class is deleted, or left: neither can be taken back by oneself. */
function Ending({ of }: { of: Class }) {
  return useSheet("end-class") === null ? null : <EndingDialog of={of} />;
}

function EndingDialog({ of }: { of: Class }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const title = of.is_teacher ? t("classes.deleteWhich", { name: of.name }) : t("classes.leaveWhich", { name: of.name });
  const end = async () => {
    setBusy(true);
    try {
      await (of.is_teacher ? classes.remove(of.id) : classes.leave(of.id));
      navigate(paths.classes, { replace: true });
      showToast(of.is_teacher ? t("classes.deleted", { name: of.name }) : t("classes.left", { name: of.name }));
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={closeSheet}>
      <div className="stack">
        {problem ? <Problem>{problem}</Problem> : null}
        <p>{of.is_teacher ? t("classes.deleteMeans") : t("classes.leaveMeans", { name: of.teacher })}</p>
      </div>
      <footer>
        <button type="button" className="button" onClick={closeSheet}>{t("classes.cancel")}</button>
        <button type="button" className="button danger" disabled={busy} onClick={() => void end()}><Icon name={of.is_teacher ? "trash" : "signOut"} size={18} /> {of.is_teacher ? t("classes.delete") : t("classes.leave")}</button>
      </footer>
    </Dialog>
  );
}
