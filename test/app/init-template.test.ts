import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/platform/config.ts";
import { configTemplate, DEFAULT_ANSWERS } from "../../src/app/init-template.ts";

const MINIMAL = `orgs:
  primary: { region: us-east-1, clientId: "env:GENESYS_PRIMARY_CLIENT_ID", clientSecret: "env:GENESYS_PRIMARY_CLIENT_SECRET" }
  standby: { region: us-west-2, clientId: "env:GENESYS_STANDBY_CLIENT_ID", clientSecret: "env:GENESYS_STANDBY_CLIENT_SECRET" }
`;

describe("the configuration that init writes", () => {
  it("starts with the schema for editors", () => {
    const [first] = configTemplate({ ...DEFAULT_ANSWERS, schema: "../config.json" }).split("\n");
    expect(first).toBe("# yaml-language-server: $schema=../config.json");
  });

  it("loads, and says what leaving everything out would say", () => {
    expect(parseConfig(configTemplate(), "lockstep.yaml")).toEqual(parseConfig(MINIMAL, "lockstep.yaml"));
  });

  it("has examples that load when their comment signs are taken away", () => {
    const text = configTemplate().replaceAll(/^( *)# (?=\w+:$| {2,}\S)/gm, "$1");
    const config = parseConfig(text, "lockstep.yaml");
    const counts = {
      state: config.orgs.standby.state.length,
      exclude: config.include.exclude.length,
      renames: config.renames.length,
      overrides: config.overrides.length,
      numbers: config.numbers.length,
      flows: config.flows.length,
      ignores: config.ignores.length,
      secrets: config.secrets.length,
      dnsNames: config.dns?.names.length,
      dnsSignals: config.dns?.signals.length,
      protected: config.guards.protected.length,
    };
    expect(counts).toEqual({
      state: 1,
      exclude: 1,
      renames: 2,
      overrides: 2,
      numbers: 1,
      flows: 1,
      ignores: 1,
      secrets: 1,
      dnsNames: 1,
      dnsSignals: 1,
      protected: 1,
    });
  });

  it("takes the answers as they are given", () => {
    const text = configTemplate({
      schema: "./config.json",
      primary: { place: "http://127.0.0.1:8080", orgId: "a: 1 # no", prefix: "SIM" },
      standby: { place: "eu (Frankfurt)", prefix: "B" },
    });
    const { primary, standby } = parseConfig(text, "lockstep.yaml").orgs;
    expect(primary).toMatchObject({
      baseUrl: "http://127.0.0.1:8080",
      orgId: "a: 1 # no",
      clientId: "env:SIM_CLIENT_ID",
    });
    expect(standby).toMatchObject({ region: "eu (Frankfurt)", clientSecret: "env:B_CLIENT_SECRET" });
  });
});
