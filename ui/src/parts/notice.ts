export interface Notice {
  id: number;
  kind: "said" | "failed";
  text: string;
  detail: string;
}
