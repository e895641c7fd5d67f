export interface Notice {
  id: number;
  kind: "said" | "failed";
  text: string;
  detail: string;
  /** What can be done about it at once. */
  act: { name: string; run: () => void } | null;
}
