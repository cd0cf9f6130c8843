import { Icon } from "../design/Icon";
import { Meter } from "../design/Meter";
import { t } from "../strings/t";
import { cancelUpload, retryUpload, Upload, uploadText } from "./uploads";

export function UploadRow({ upload }: { upload: Upload }) {
  const name = upload.title ?? upload.name;
  const failed = upload.state === "failed";
  return (
    <li className="document-row" data-status={failed ? "failed" : "uploading"}>
      <span className="document-icon" aria-hidden="true"><Icon name="upload" size={22} /></span>
      <div className="document-body">
        <div className="document-title"><span dir="auto">{name}</span></div>
        {failed ? (
          <p className="document-meta problem" role="alert"><Icon name="alert" size={16} /> {uploadText(upload)}</p>
        ) : (
          <div className="document-progress">
            <p className="document-meta">{uploadText(upload)}</p>
            <Meter label={t("library.uploadingName", { name })} fraction={upload.state === "sending" ? upload.fraction : null} />
          </div>
        )}
      </div>
      <div className="document-actions">
        {failed && upload.retryable ? (
          <button type="button" className="button" onClick={() => retryUpload(upload.key)} aria-label={t("library.uploadAgain", { name })}>
            <Icon name="retry" size={18} /> <span>{t("library.retry")}</span>
          </button>
        ) : null}
        <button
          type="button" className="icon-button" onClick={() => cancelUpload(upload.key)}
          aria-label={failed ? t("library.dismiss", { name }) : t("library.cancelUpload", { name })}
        >
          <Icon name="close" />
        </button>
      </div>
    </li>
  );
}
