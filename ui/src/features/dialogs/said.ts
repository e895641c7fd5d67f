/** What went wrong: in our words, and in those of who said no. */
export interface Said {
  text: string;
  detail: string;
}
