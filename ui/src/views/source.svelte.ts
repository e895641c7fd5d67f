/** The source page of the open article, read from the desk when it is first looked at. */

import { call } from "$ui/backend/call";
import { failureOf } from "$ui/backend/failure";
import type { Failure } from "$ui/backend/gen/Failure";
import type { SourcePageShown } from "$ui/backend/gen/SourcePageShown";

export class SourcePages {
  /** `null` where there is none, absent while it is being read. */
  shown: SourcePageShown | null | undefined = $state.raw();
  private article = "";

  constructor(private readonly onfailure: (why: Failure) => void) {}

  async of(article: string): Promise<void> {
    if (article === this.article) return; // frozen: it never changes
    this.article = article;
    this.shown = undefined;
    try {
      const page = await call("source_page", { id: article });
      if (article === this.article) this.shown = page;
    } catch (why) {
      if (article !== this.article) return;
      this.article = ""; // looked at again, it is asked for again
      this.onfailure(failureOf(why));
    }
  }
}
