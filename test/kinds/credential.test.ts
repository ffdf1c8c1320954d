import { describe, expect, it } from "vitest";
import { credential } from "../../src/kinds/credential.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { drive, job, writesOf } from "./drive.ts";
import { fixtureOf, lookupOf } from "./fixture.ts";

const fixture = fixtureOf("credential");
const coordinate = "credential/userDefinedOAuth:Ticket API";
const { object } = normalise(credential, coordinate, fixture.entity, lookupOf(fixture).coordinateOfId);
const TYPES = {
  "GET /api/v2/integrations/credentials/types": [
    { name: "basicAuth", required: ["userName", "password"] },
    { name: "userDefinedOAuth", required: ["clientId", "clientSecret"] },
  ],
};

describe("credential", () => {
  it("holds no value, not even the redacted one", () => {
    expect(object).toEqual({ name: "Ticket API", type: "userDefinedOAuth" });
  });

  it("leaves out credentials without a name", () => {
    expect(credential.keep?.({ ...fixture.entity, name: null })).toBe("has no name");
  });

  it("is created with the values given for the standby, and with nothing else", () => {
    const secrets = { "/credentialFields/clientId": "id", "/credentialFields/clientSecret": "s3cret", "/name": "no" };
    const created = job({ verb: "create", wanted: object, secrets });
    const { requests, result } = drive(writeObject({ kind: credential, coordinate, ...created }), {
      ...TYPES,
      "POST /api/v2/integrations/credentials": { id: "new-id" },
    });
    expect([result, writesOf(requests)]).toEqual([
      "new-id",
      [
        {
          op: "POST /api/v2/integrations/credentials",
          body: {
            name: "Ticket API",
            type: { name: "userDefinedOAuth" },
            credentialFields: { clientId: "id", clientSecret: "s3cret" },
          },
        },
      ],
    ]);
  });

  it.each(["create", "update"] as const)("names the entries that are missing for a %s, and writes nothing", (verb) => {
    const incomplete = job({
      verb,
      wanted: object,
      current: object,
      entity: fixture.entity,
      secrets: { "/credentialFields/clientId": "id" },
    });
    const steps = () => drive(writeObject({ kind: credential, coordinate, ...incomplete }), TYPES);
    expect(steps).toThrow(
      expect.objectContaining({
        code: "secret-missing",
        place: { coordinate, path: "/credentialFields/clientSecret" },
        hint: 'Add to "secrets" in lockstep.yaml: {kind: credential, name: "userDefinedOAuth:Ticket API", path: /credentialFields/clientSecret, value: env:NAME}.',
      }),
    );
  });

  it("is told to a plan as needing any of its entries, whatever is written", () => {
    expect(credential.write?.needsSecrets?.("create", object)).toEqual(["/credentialFields/*"]);
    expect(credential.write?.needsSecrets?.("update", object)).toEqual(["/credentialFields/*"]);
  });

  it("asks for any field where the type leaves them to the user", () => {
    const steps = () =>
      drive(writeObject({ kind: credential, coordinate, ...job({ verb: "create", wanted: object }) }), {
        "GET /api/v2/integrations/credentials/types": [{ name: "other", required: ["key"] }],
      });
    expect(steps).toThrow(expect.objectContaining({ code: "secret-missing" }));
  });
});
