import type { NotificationChannels, NotificationSettings } from "../api/notifications";
import { t } from "../strings/t";

const kinds = [
  { key: "events", label: t("notifications.events"), hint: t("notifications.eventsHint") },
  { key: "study_blocks", label: t("notifications.blocks"), hint: t("notifications.blocksHint") },
  { key: "cards", label: t("notifications.cards"), hint: t("notifications.cardsHint") },
  { key: "devices", label: t("notifications.devices"), hint: t("notifications.devicesHint") },
] as const;

const none: NotificationChannels = { app: false, push: false, mail: false };

const channels = [
  { key: "app", label: t("notifications.byApp") },
  { key: "push", label: t("notifications.byPush") },
  { key: "mail", label: t("notifications.byMail") },
] as const;

interface ChannelTableProps {
  settings: NotificationSettings;
  hasMail: boolean;
  onChange: (part: Partial<NotificationSettings>) => void;
}

/** What is told by which way: a box for each. */
export function ChannelTable({ settings, hasMail, onChange }: ChannelTableProps) {
  return (
    <table className="news-channels">
      <thead>
        <tr><td />{channels.map(({ key, label }) => <th key={key} scope="col">{label}</th>)}</tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind.key}>
            <th scope="row">{kind.label}<small>{kind.hint}</small></th>
            {channels.map((channel) => (
              <td key={channel.key}>
                <label>
                  <input
                    type="checkbox" aria-label={t("notifications.kindBy", { kind: kind.label, channel: channel.label })} disabled={channel.key === "mail" && !hasMail}
                    checked={(settings[kind.key] ?? none)[channel.key] && (channel.key !== "mail" || hasMail)}
                    onChange={(event) => onChange({ [kind.key]: { ...none, ...settings[kind.key], [channel.key]: event.target.checked } })}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
