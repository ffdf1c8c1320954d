import { beforeAll, describe, expect, test } from "vitest";
import { LockstepError } from "../../../src/model/error.ts";
import { awsRegionOf, pairPlaces } from "../../../src/stacks/dns/pair-places.ts";
import { proberCode } from "../../../src/stacks/dns/prober-code.ts";
import { awsSettings } from "../../../src/stacks/dns/aws-settings.ts";
import { config, EXAMPLE } from "./example.ts";
import { record, type Recording } from "./mocks.ts";

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    if (error instanceof LockstepError) return { code: error.code, hint: error.hint, place: error.place };
    throw error;
  }
  return undefined;
};

describe("lockstep:aws", () => {
  test("has defaults for everything", () => {
    const defaults = { protect: true, rotationDays: 90, eventSources: {}, tags: {} };
    expect(awsSettings(undefined)).toEqual(defaults);
    expect(awsSettings({})).toEqual(defaults);
  });

  test.each<[string, unknown, string, string]>([
    ["an unknown setting", { protcet: true }, "lockstep:aws.protcet", "pulumi config rm --path"],
    ["a wrong type", { protect: "yes" }, "lockstep:aws.protect", "pulumi config set --path"],
    ["an address without scheme", { endpoint: "localhost:5000" }, "lockstep:aws.endpoint", "pulumi config set --path"],
    ["something deeper", { eventSources: { primary: "" } }, "lockstep:aws.eventSources.primary", "pulumi config set"],
    ["no object", [], "lockstep:aws", "pulumi config set --path"],
  ])("refuses %s and names the key", (_, value, key, command) => {
    const failure = codeOf(() => awsSettings(value)) as { code: string; hint: string; place: { path: string } };
    expect([failure.code, failure.place.path]).toEqual(["stack-config", key]);
    expect(failure.hint).toContain(`${command} '${key}'`.replace("set '", "set --path '"));
  });
});

describe("places", () => {
  test.each<[{ region?: string; baseUrl?: string }, string | undefined]>([
    [{ region: "eu-west-1" }, "eu-west-1"],
    [{ region: "mypurecloud.ie" }, "eu-west-1"],
    [{ region: "usw2.pure.cloud" }, "us-west-2"],
    [{ baseUrl: "http://127.0.0.1:9" }, undefined],
  ])("%o runs in %s", (org, region) => {
    expect(awsRegionOf(org)).toBe(region);
  });

  const { dns, orgs } = config(EXAMPLE);
  if (dns === undefined) throw new Error("the example has a dns section");

  test("are the standby's region unless another is named", () => {
    const facts = { replicaRegion: "eu-north-1", primaryRegion: "eu-west-1" };
    expect(pairPlaces(dns, orgs, "f")).toEqual({ region: "eu-central-1", ...facts });
    expect(pairPlaces({ ...dns, region: "us-west-2" }, orgs, "f")).toEqual({ region: "us-west-2", ...facts });
  });

  test("have to be named when the standby has no region", () => {
    const standby = { ...orgs.standby, baseUrl: "http://127.0.0.1:9" };
    const { region: _, ...addressed } = standby;
    expect(codeOf(() => pairPlaces(dns, { ...orgs, standby: addressed }, "f"))).toMatchObject({
      code: "dns-region-missing",
      place: { file: "f", path: "/dns/region" },
    });
  });
});

test("a prober that was not bundled is an error that says what to run", () => {
  expect(codeOf(() => proberCode(new URL("file:///nowhere/index.mjs")))).toMatchObject({
    ...{ code: "prober-not-built", hint: "Run `npm run build`.", place: { file: "/nowhere/index.mjs" } },
  });
});

describe("the stack", () => {
  let recording: Recording;
  beforeAll(async () => {
    recording = await record();
  });

  test.each<[string, string, string]>([
    ["no dns section", EXAMPLE.slice(0, EXAMPLE.indexOf("dns:")), "dns-missing"],
    ["a name that cannot work", EXAMPLE.replace("host: a.example.net", "host: apps.mypurecloud.ie"), "vendor-host"],
    [
      "a prober beside the primary",
      EXAMPLE.replace("replicaRegion: eu-north-1", "region: eu-west-1"),
      "prober-beside-primary",
    ],
    ["a metric that nobody publishes", EXAMPLE.replace(/ {2}prober: .*\n/, ""), "metric-without-publisher"],
  ])("registers nothing for %s", async (_, text, code) => {
    const { dnsStack } = await import("../../../src/stacks/dns/index.ts");
    const proberBundle = new URL(import.meta.url);
    expect(codeOf(() => dnsStack({ config: config(text), file: "lockstep.yaml", proberBundle }))).toMatchObject({
      code,
    });
    expect(recording.all).toEqual([]);
  });
});
