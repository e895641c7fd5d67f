export const TABS = ["page", "pictures", "sources", "checks", "history"] as const;
export type Tab = (typeof TABS)[number];
