import { secretLintProfiler } from "@secretlint/profiler";
import { describe, expect, it } from "vitest";
import { masked, secretPlaces } from "../../src/canonical/secrets-in-json.ts";

// Put together here, so that no scanner takes this file for a leak.
const SLACK = ["xoxb", "123456789012", "1234567890123", "AbCdEfGhIjKlMnOpQrStUvWx"].join("-");
const GITHUB = `ghp_${"aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0bC3dEf"}`;

async function isFound(name: string, text: string): Promise<boolean> {
  return (await secretPlaces([{ name, value: text }])).length === 1;
}

describe("what looks like a secret", () => {
  it.each([
    ["Authorization", "Bearer 9f8b7c6d5e4f3a2b1c0d"],
    ["Authorization", "Basic dXNlcjpwYXNzd29yZA=="],
    ["x-api-key", "k3y-4f9a8b7c6d5e"],
    ["apiKey", "4f9a8b7c6d5e"],
    ["client_secret", "Tr0ub4dor&3"],
    ["password", "correct1horse"],
    ["note", `posted with ${SLACK}`],
    ["yaml", `inboundCall:\n  variables:\n    - lit: ${GITHUB}\n`],
    ["url", "https://crm:hunter2hunter2@crm.example.com/api"],
    ["url", "https://api.example.com/v1?api_key=q1w2e3r4t5y6u7i8o9p0&x=1"],
    ["description", "grant_type=client_credentials&client_secret=Gh45kk33LLq0azz91"],
    ["description", "scope%3Dall%26access_token%3Dq1w2e3r4t5y6u7i8o9p0"],
    ["requestTemplate", '{ "login": { "password": "Tr0ub4dor&3xyzzy" }, "n": 1 }'],
    ["cell", '"{\\"apiKey\\": \\"Tr0ub4dor3xyzzy\\"}"'],
    ["ttsString", "The pin of the day: password=Zx9!kkQpw23vT"],
    ["yaml", 'inboundCall:\n  variables:\n    - lit: "Authorization: Bearer 9f8b7c6d5e4f3a2b1c0d"\n'],
    ["X-Login", "Bearer 9f8b7c6d5e4f3a2b1c0d"],
    ["X-Login", "Basic cm9ib3Q6U3VwM3JTM2NyZXRQdw=="],
    ["note", ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N"].join(".")],
    ["note", `-----BEGIN ${"PRIVATE"} KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END ${"PRIVATE"} KEY-----`],
    ["Ocp-Apim-Subscription-Key", "4f9a8b7c6d5e4f9a"],
  ])("%s: found in a text of this name", async (name, text) => {
    expect(await isFound(name, text)).toBe(true);
  });

  it.each([
    ["Authorization", "Bearer ${credentials.accessToken}"],
    ["Authorization", "$!{authorization}"],
    ["x-api-key", "{{key}}"],
    ["password", "prompt/Enter your password"],
    ["token", "Welcome"],
    ["tokenUrl", "https://login.example.com/oauth2/token"],
    ["description", "Calls about the token of 2024"],
    ["name", "Billing 2024"],
    ["url", "https://api.example.com/v1?api_key=${credentials.apiKey1}&x=1"],
    ["requestTemplate", '{ "password": "${input.password1}", "token": "{{token1}}", "secret": "<secret-3f2a91c0-1>" }'],
    ["yaml", "token: Flow.Token2024\nsecret: Task.Secret12\npassword: nothing\n"],
    ["description", "Tokens: see the list of 2024; the password is asked for in menu 12345678"],
    ["tokenUrl", "https://login.example.com/oauth2/token?grant_type=client_credentials"],
    ["ttsString", "Basic information2024 is heard first; bearer of the card12"],
  ])("%s: not found in %s", async (name, text) => {
    expect(await isFound(name, text)).toBe(false);
  });

  it("is found whatever comment an organisation writes beside it", async () => {
    const values = ["/* secretlint-disable */", GITHUB].map((value) => ({ name: "note", value }));
    expect(await secretPlaces(values)).toHaveLength(1);
    expect(await isFound("note", `${GITHUB} // secretlint-disable-line`)).toBe(true);
  });

  it("is told by its place, in rows, headers and lists", async () => {
    const value = { rows: { de: { token: "a1b2c3d4e5f6" } }, urls: ["https://a.example", GITHUB] };
    const places = await secretPlaces([
      { name: "", value: "nothing" },
      { name: "", value },
    ]);
    expect(places).toEqual([
      { value: 1, path: ["rows", "de", "token"] },
      { value: 1, path: ["urls", 1] },
    ]);
  });

  it("is masked, and nothing else is", async () => {
    const value = {
      a: `x ${GITHUB} y ${SLACK} z`,
      headers: { Authorization: "Bearer 9f8b7c6d5e4f3a2b1c0d", Accept: "*/*" },
    };
    expect(
      await masked([
        { name: "", value },
        { name: "password", value: "correct1horse" },
        { name: "n", value: 3 },
      ]),
    ).toEqual([
      {
        a: "x (looks like a secret) y (looks like a secret) z",
        headers: { Authorization: "(looks like a secret)", Accept: "*/*" },
      },
      "(looks like a secret)",
      3,
    ]);
  });
});

it("does not keep more with every search", async () => {
  const keptAfter = async (searches: number): Promise<number> => {
    for (let done = 0; done < searches; done += 1) await isFound("note", "nothing");
    await new Promise((resolve) => setImmediate(resolve));
    return (await secretLintProfiler.getEntries()).length;
  };
  const kept = await keptAfter(2);
  expect(await keptAfter(20)).toBeLessThanOrEqual(kept * 10);
});
