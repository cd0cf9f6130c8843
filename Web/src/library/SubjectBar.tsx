import { useState } from "react";
import { documents } from "../api/documents";
import { describe } from "../api/errors";
import { askAbout } from "../asking/scope";
import { Icon } from "../design/Icon";
import { showToast } from "../design/toastStore";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";

/** As many documents as the server lists at once; a course has fewer. */
const most = 100;

/** Which subject the library is limited to, the way to ask all of it, and the way out. */
export function SubjectBar({ subject, leave }: { subject: string; leave: () => void }) {
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    try {
      const { data } = await documents.list(1, most, { subject, status: "completed" });
      if (data.length === 0) {
        showToast("None of these documents is ready yet.");
        return;
      }
      askAbout(data);
      navigate(paths.chat());
    } catch (error) {
      showToast(describe(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="subject-bar" role="group" aria-label="Subject">
      <p dir="auto">{subject}</p>
      <button type="button" className="button" disabled={busy} onClick={() => void ask()}><Icon name="chat" size={18} /> Ask this subject</button>
      <button type="button" className="button quiet" onClick={leave}><Icon name="close" size={18} /> Show all documents</button>
    </div>
  );
}
