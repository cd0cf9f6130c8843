import { ConnectionError } from "../api/errors";
import { startUploads, UploadRequest } from "../library/uploads";
import { assetURL } from "../routing/base";
import { t } from "../strings/t";

/** The little course that ships with the product, so that a newcomer can ask something within a minute. */
export interface SampleCourse {
  title: string;
  subject: string;
  files: { file: string; title: string; type: string }[];
  questions: string[];
}

let course: Promise<SampleCourse> | null = null;

export function sampleCourse(): Promise<SampleCourse> {
  course ??= read("index.json").then((response) => response.json() as Promise<SampleCourse>);
  course.catch(() => {
    course = null;
  });
  return course;
}

/** Uploads the course's files as if the student had dropped them. */
export async function addSampleCourse(): Promise<void> {
  const { files, subject } = await sampleCourse();
  const requests = await Promise.all(files.map(async ({ file, title, type }): Promise<UploadRequest> => {
    const blob = await (await read(file)).blob();
    return { file: new File([blob], file, { type }), title, subject };
  }));
  startUploads(requests);
}

async function read(file: string): Promise<Response> {
  const response = await fetch(assetURL(`sample-course/${file}`)).catch(() => {
    throw new ConnectionError();
  });
  if (!response.ok) throw new Error(t("sample.missing"));
  return response;
}
