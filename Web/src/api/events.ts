import type { Course } from "./courses";
import type { Document, DocumentProgress, JobView, MessageUsage } from "./generated/schemas";

/** What the server tells of the user's things as it happens, by kind, and what comes with each. */
export interface EventPayloads {
  "document.uploaded": Document;
  "document.updated": Document;
  "document.processed": Document;
  "document.failed": Document;
  "document.deleted": { id: string };
  "document.progress": { id: string; status: "processing"; progress: DocumentProgress };
  "course.created": Course;
  "course.updated": Course;
  "course.deleted": { id: string };
  "chat.message.completed": { message_id: string; conversation_id: string; citations: number; usage?: MessageUsage };
  "job.progress": { job_id: string; kind: string; state: JobView["state"]; progress?: { stage: string; done: number; total: number } };
  /** The server no longer knows what was missed: what is shown has to be read anew. */
  resync: Record<string, never>;
}

export type EventName = keyof EventPayloads;

/** Something that happened to what the user owns. */
export type LiveEvent = { [Name in EventName]: { type: Name; payload: EventPayloads[Name] } }[EventName];
