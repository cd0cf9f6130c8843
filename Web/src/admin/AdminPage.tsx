import type { ComponentType } from "react";
import type { PageProps } from "../frame/Area";
import { PageTabs } from "../frame/PageTabs";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { isAdministrator, looksAfterPeople } from "../session/roles";
import { session } from "../session/session";
import { NotFoundPage } from "../frame/NotFoundPage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { Audit } from "./Audit";
import { Backups } from "./Backups";
import { Health } from "./Health";
import { Invitations } from "./Invitations";
import { Jobs } from "./Jobs";
import { People } from "./People";
import { Platforms } from "./Platforms";

type Name = "people" | "invitations" | "health" | "audit" | "backups" | "jobs" | "platforms";

const sections: Record<Name, ComponentType<{ query: URLSearchParams }>> = { people: People, invitations: Invitations, health: Health, audit: Audit, backups: Backups, jobs: Jobs, platforms: Platforms };
const titles = { people: t("admin.people"), invitations: t("admin.invitations"), health: t("admin.health"), audit: t("admin.audit"), backups: t("admin.backups"), jobs: t("admin.jobs"), platforms: t("admin.platforms") } as const;

/** What administrators and moderators look after, a section at a time. */
export function AdminPage({ params, query }: PageProps) {
  const current = useStore(session);
  const name = params["section"] ?? "people";
  const heading = usePage(t("admin.place"));
  const shown: readonly Name[] = isAdministrator(current) ? ["people", "invitations", "platforms", "health", "audit", "backups", "jobs"] : ["people", "invitations"];
  const found = shown.find((each) => each === name);
  if (!looksAfterPeople(current) || found === undefined) return <NotFoundPage />;
  const Section = sections[found];
  return (
    <div className="page sectioned">
      <header className="page-head"><h1 ref={heading} tabIndex={-1}>{t("admin.place")}</h1></header>
      <PageTabs label={t("admin.sections")}>
        {shown.map((each) => <Link key={each} to={paths.admin(each)} aria-current={each === found ? "page" : undefined}>{titles[each]}</Link>)}
      </PageTabs>
      <Section query={query} />
    </div>
  );
}
