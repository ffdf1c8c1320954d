import { expect, it } from "vitest";
import { listAll } from "../../src/canonical/list-entities.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Json, Obj } from "../../src/model/json.ts";
import { errorOf, trace } from "../kinds/steps.ts";

/** All that a kind's key is made of, where that is not its name alone. */
const KEYS: { readonly [kind: string]: Obj } = {
  credential: { type: { name: "basicAuth" } },
  "did-pool": { startPhoneNumber: "+13175550100", endPhoneNumber: "+13175550109" },
  "email-route": { pattern: "service" },
  "extension-pool": { startNumber: "2000", endNumber: "2999" },
  flow: { name: "Main", type: "INBOUNDCALL" },
  integration: { name: "CRM", integrationType: { id: "custom-rest-actions" } },
  "message-recipient": { messengerType: "whatsapp" },
  "outbound-route": { name: "Partners", site: { id: "s-1" } },
};

/** Domains have no name but their id. */
const cases = [...KINDS.values()]
  .filter(({ name, read }) => read !== undefined && name !== "email-domain")
  .flatMap((kind) => {
    const key = KEYS[kind.name] ?? { name: "Billing" };
    return Object.keys(key).flatMap((property) =>
      [undefined, null, "", 7, {}].map((value) => ({ kind, property, value, key })),
    );
  });

it.each(cases)(
  "an object of the kind $kind.name whose $property is $value makes its list no answer",
  ({ kind, property, value, key }) => {
    const { [property]: _, ...rest } = key;
    const entity = { id: "one", ...rest, ...(value === undefined ? {} : { [property]: value }) };
    const page: Json = { entities: [entity], total: 1 };
    const pages = Array.from({ length: 3 }, () => page);
    expect(
      errorOf(() =>
        trace(
          listAll(kind, () => ["parent"]),
          pages,
        ),
      ),
    ).toMatchObject({
      code: "unusable-answer",
      message: expect.stringMatching(`answered a list with an object that has no ${property}$`) as string,
    });
  },
);

it("an object with its whole key is taken", () => {
  for (const kind of KINDS.values()) {
    if (kind.read === undefined) continue;
    const entity = { id: "one", ...(KEYS[kind.name] ?? { name: "Billing" }) };
    const pages = kind.read.lists.map(({ expanded }): Json => {
      const asked = expanded === undefined ? {} : { [expanded]: { type: "object" } };
      return { entities: [{ ...entity, ...asked }], total: 1 };
    });
    const { result } = trace(
      listAll(kind, () => ["parent"]),
      pages,
    );
    expect(result.length).toBe(pages.length);
  }
});
