export const TABS = ["page", "pictures", "sources", "checks", "live", "history"] as const;
export type Tab = (typeof TABS)[number];
