import { FormEvent, Fragment, useEffect, useState } from "react";
import { Conversation, conversations } from "../api/conversations";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Menu } from "../design/Menu";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { location, navigate, useLocation } from "../routing/location";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { dayGroups } from "./dayGroups";
import { conversationDeletion, conversationList, loadConversations, loadMoreConversations, placeConversation } from "./conversationsStore";

export function ConversationList({ onPick }: { onPick?: () => void }) {
  const state = useStore(conversationList);
  const leaving = useStore(conversationDeletion.leaving);
  const items = state.items.filter((item) => !leaving.has(item.id));
  const groups = dayGroups(items, (item) => item.updated_at ?? item.created_at);
  const { path } = useLocation();
  const [renaming, setRenaming] = useState<Conversation | null>(null);
  useEffect(() => {
    if (conversationList.get().phase !== "ready") void loadConversations();
  }, []);

  return (
    <nav className="conversations" aria-label="Conversations">
      {state.problem ? <Problem action={{ label: "Try again", run: () => void loadConversations() }}>{state.problem}</Problem> : null}
      {state.phase === "ready" && items.length === 0 ? <p className="conversations-none">Your conversations will be kept here.</p> : null}
      {groups.map((group) => (
        <Fragment key={group.label}>
          {groups.length > 1 ? <h3>{group.label}</h3> : null}
          <ul>
            {group.items.map((conversation) => {
              const to = paths.chat(conversation.id);
              const name = titleOf(conversation);
              return (
                <li key={conversation.id} className={path === to ? "current" : undefined}>
                  <Link to={to} aria-current={path === to ? "page" : undefined} dir="auto" onClick={onPick}>{name}</Link>
                  <Menu
                    label={`Actions for ${name}`}
                    items={[
                      { label: "Rename", icon: "pencil", run: () => setRenaming(conversation) },
                      { label: "Delete", icon: "trash", danger: true, run: () => remove(conversation) },
                    ]}
                  />
                </li>
              );
            })}
          </ul>
        </Fragment>
      ))}
      {state.items.length < state.total ? (
        <button type="button" className="button quiet" onClick={() => void loadMoreConversations()}>Older conversations</button>
      ) : null}
      {renaming ? <RenameConversation conversation={renaming} onClose={() => setRenaming(null)} /> : null}
    </nav>
  );
}

function remove(conversation: Conversation): void {
  conversationDeletion.start(conversation.id, titleOf(conversation));
  if (location.get().path === paths.chat(conversation.id)) navigate(paths.chat(), { replace: true });
}

export function titleOf(conversation: Conversation): string {
  return conversation.title || "New conversation";
}

function RenameConversation({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const [title, setTitle] = useState(titleOf(conversation));
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      placeConversation(await conversations.change(conversation.id, { title: title.trim() }));
      onClose();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <Dialog title="Rename the conversation" onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label="Name" value={title} required maxLength={200} autoFocus onChange={(event) => setTitle(event.target.value)} />
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="button primary" disabled={title.trim() === ""}>Save</button>
        </footer>
      </form>
    </Dialog>
  );
}
