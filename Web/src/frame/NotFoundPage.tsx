import { ReadingMonster } from "../design/Monster";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";

export function NotFoundPage() {
  const heading = usePage("Not found");
  return (
    <div className="page">
      <div className="empty">
        <ReadingMonster />
        <h1 ref={heading} tabIndex={-1}>There is no such page</h1>
        <p>The address may have a typing error, or what it led to was deleted.</p>
        <div className="actions"><Link className="button primary" to={paths.home}>Go to the first page</Link></div>
      </div>
    </div>
  );
}
