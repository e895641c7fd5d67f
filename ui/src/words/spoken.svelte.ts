/** The language of the window; what is shown follows it. */
export const spoken: { language: "vi" | "en" } = $state({ language: "en" });
