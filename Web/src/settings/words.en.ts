const words = {
  place: "Settings",
  sections: "Sections of the settings",
  account: "Account",
  appearance: "Appearance",
  devices: "Devices",
  data: "Data",
  language: "Language",
  likeBrowser: "Like the browser",
  otherTheme: "Switch between light and dark",
} as const;

export default words;
