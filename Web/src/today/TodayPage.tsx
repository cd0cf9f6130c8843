import { nextScope } from "../asking/scope";
import { TodayCards } from "../cards/TodayCards";
import { QuickAsk } from "../chat/QuickAsk";
import { ScopePicker } from "../chat/ScopePicker";
import { Loading, Problem } from "../design/Notice";
import { chooseDocuments } from "../library/addDocuments";
import { EmptyLibrary } from "../library/EmptyLibrary";
import { TodayPlan } from "../planner/TodayPlan";
import { usePage } from "../routing/usePage";
import { session } from "../session/session";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { AtWork } from "./AtWork";
import { Continue } from "./Continue";
import { Exams } from "./Exams";
import { greeting, todayText } from "./greeting";
import { LastQuiz } from "./LastQuiz";
import { useShelf } from "./useShelf";

/** One field to ask, and what there is to go on with: cards, what comes next, the last place read, the last quiz, uploads at work. */
export function TodayPage() {
  const current = useStore(session);
  const name = current.phase === "signedIn" ? current.user.display_name.split(" ")[0] ?? "" : "";
  const heading = usePage(t("today.place"));
  const scope = useStore(nextScope);
  const shelf = useShelf();
  const newcomer = shelf.phase === "ready" && shelf.total === 0;
  return (
    <div className="page today">
      <header className="today-head">
        <h1 ref={heading} tabIndex={-1}>{greeting(name, new Date())}</h1>
        <p className="sub">{todayText(new Date())}</p>
      </header>
      {shelf.problem ? <Problem action={{ label: t("today.tryAgain"), run: shelf.reload }}>{shelf.problem}</Problem> : null}
      {shelf.phase === "loading" ? <Loading label={t("today.opening")} /> : null}
      {newcomer ? <EmptyLibrary choose={() => chooseDocuments(null)} /> : null}
      {shelf.phase === "ready" && !newcomer ? <QuickAsk scope={scope} placeholder={t("today.ask")}><ScopePicker scope={scope} change={nextScope.set} /></QuickAsk> : null}
      <TodayCards />
      <AtWork documents={shelf.busy} />
      {newcomer ? null : <TodayPlan />}
      {newcomer ? null : <div className="today-columns"><Continue /><Exams /></div>}
      <LastQuiz />
    </div>
  );
}
