import { ReadingMonster } from "../design/Monster";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";

export function NotFoundPage() {
  const heading = usePage(t("frame.notFound"));
  return (
    <div className="page">
      <div className="empty">
        <ReadingMonster />
        <h1 ref={heading} tabIndex={-1}>{t("frame.noPage")}</h1>
        <p>{t("frame.noPageWhy")}</p>
        <div className="actions"><Link className="button primary" to={paths.home}>{t("frame.goHome")}</Link></div>
      </div>
    </div>
  );
}
