import type { PageProps } from "../frame/Area";
import { PageTabs } from "../frame/PageTabs";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { session } from "../session/session";
import { NotFoundPage } from "../frame/NotFoundPage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { Health } from "./Health";
import { People } from "./People";

const sections = { people: People, health: Health } as const;
const titles = { people: t("admin.people"), health: t("admin.health") } as const;

/** The administrator's page, a section at a time. */
export function AdminPage({ params }: PageProps) {
  const current = useStore(session);
  const name = params["section"] ?? "people";
  const heading = usePage(t("admin.place"));
  const administrator = current.phase === "signedIn" && current.user.role === "administrator";
  if (!administrator || !(name === "people" || name === "health")) return <NotFoundPage />;
  const Section = sections[name];
  return (
    <div className="page sectioned">
      <header className="page-head"><h1 ref={heading} tabIndex={-1}>{t("admin.place")}</h1></header>
      <PageTabs label={t("admin.sections")}>
        {(["people", "health"] as const).map((each) => <Link key={each} to={paths.admin(each)} aria-current={each === name ? "page" : undefined}>{titles[each]}</Link>)}
      </PageTabs>
      <Section />
    </div>
  );
}
