import { expect, test } from "vitest";
import type { ArticleShown } from "$ui/backend/gen/ArticleShown";
import type { PortalShown } from "$ui/backend/gen/PortalShown";
import { publishable } from "./publishable";

const portals = [{ name: "local" }, { name: "far" }] as PortalShown[];
const shown = (said: object) => ({ may_publish: true, publications: [], jobs: [], ...said }) as unknown as ArticleShown;
const names = (said: object) => publishable(shown(said), portals).map((portal) => portal.name);

test("a portal that shows the approved words, or to which they are under way, is not offered again", () => {
  expect(names({})).toEqual(["local", "far"]);
  expect(names({ may_publish: false })).toEqual([]);
  expect(names({ publications: [{ portal: "local", is_current: true }] })).toEqual(["far"]);
  expect(names({ publications: [{ portal: "local", is_current: false }] })).toEqual(["local", "far"]);
  expect(names({ jobs: [{ portal: "local", state: "sending" }, { portal: "far", state: "refused" }] })).toEqual(["far"]);
});
