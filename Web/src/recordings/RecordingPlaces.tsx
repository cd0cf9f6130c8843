import type { LibraryDocument } from "../api/documents";
import type { Transcript, TranscriptChange } from "../api/transcripts";
import { useOwnCourses } from "../course/courseStore";
import { t } from "../strings/t";

interface PlacesProps {
  recording: Transcript;
  slides: readonly LibraryDocument[];
  change: (change: TranscriptChange) => void;
}

/** The course that a recording belongs to, and the slides that were shown. */
export function RecordingPlaces({ recording, slides, change }: PlacesProps) {
  const courses = useOwnCourses();
  if (courses.length === 0) return null;
  return (
    <div className="recording-places">
      <label>
        {t("recordings.course")}
        <select className="input" value={recording.course_id ?? ""} onChange={(event) => change({ course_id: event.target.value })}>
          <option value="">{t("recordings.noCourse")}</option>
          {courses.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
      {slides.length > 0 || recording.slides_id ? (
        <label>
          {t("recordings.slides")}
          <select className="input" value={recording.slides_id ?? ""} onChange={(event) => change({ slides_id: event.target.value })}>
            <option value="">{t("recordings.noSlides")}</option>
            {slides.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
          </select>
        </label>
      ) : null}
    </div>
  );
}
