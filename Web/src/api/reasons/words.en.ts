/** Why a file could not be read, by the code that its document carries; for another the server's own sentence stands. */
const words = {
  encrypted: "It is protected by a password. Save a copy without the password and upload that.",
  damaged: "The file is damaged or incomplete and cannot be read. Open it on your computer, save it anew and try again.",
  no_text: "Its pages are pictures, and no words could be made out in them.",
  no_recognition: "Its pages are scanned, and this server cannot read scanned pages yet: its administrator has to install the package tesseract-ocr. Then try again.",
  too_large: "It unpacks to more than can be read. Split it and upload the parts.",
  empty: "There is no text in it.",
} as const;

export default words;
