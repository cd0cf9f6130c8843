import { AddAddress } from "./AddAddress";
import { DocumentDetails } from "./DocumentDetails";
import { DropArea } from "./DropArea";
import { EditDocument } from "./EditDocument";
import { MoveDocuments } from "./MoveDocuments";
import { TwinDialog } from "./TwinDialog";

/** What the library lays over any page. */
export function LibraryOverlays() {
  return <><DropArea /><EditDocument /><DocumentDetails /><MoveDocuments /><AddAddress /><TwinDialog /></>;
}
